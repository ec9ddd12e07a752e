/** How the edge of a terrain is drawn. */
export type EdgeStyle = "liquid" | "grassy" | "soft" | "hard";

/** What the description of a terrain says about it. */
export interface TerrainNature {
  style: EdgeStyle;
  /** Which of two terrains is above the other: the higher one casts the shadow. */
  height: number;
  /** Its usual color, hex; null if no word is known, or if the description names a color itself. */
  usualColor: string | null;
}

interface KnownTerrain extends TerrainNature {
  words: readonly string[];
}

/** The first row with a word of the description wins: more specific ones come first. */
const KNOWN: readonly KnownTerrain[] = [
  { words: ["lava", "magma"], style: "liquid", height: 0, usualColor: "#d8481c" },
  { words: ["swamp", "bog", "marsh"], style: "liquid", height: 0, usualColor: "#4f6b4a" },
  { words: ["acid", "slime", "poison"], style: "liquid", height: 0, usualColor: "#7fc02e" },
  { words: ["sea", "ocean"], style: "liquid", height: 0, usualColor: "#2f6fb0" },
  {
    words: ["water", "river", "lake", "pond", "stream"],
    style: "liquid",
    height: 0,
    usualColor: "#3f86c6",
  },
  { words: ["moss", "mossy"], style: "grassy", height: 3, usualColor: "#5c7f3a" },
  { words: ["grass", "meadow", "lawn", "grassland"], style: "grassy", height: 3, usualColor: "#4f9a3c" },
  { words: ["forest", "leaves", "jungle", "bush"], style: "grassy", height: 4, usualColor: "#3b7337" },
  { words: ["snow", "snowy"], style: "soft", height: 3, usualColor: "#dfe9f2" },
  { words: ["ice", "icy", "glacier"], style: "soft", height: 1, usualColor: "#8fc3e0" },
  { words: ["sand", "beach", "desert", "dune"], style: "soft", height: 2, usualColor: "#dcc07c" },
  { words: ["mud", "muddy"], style: "soft", height: 1, usualColor: "#6e5137" },
  { words: ["path", "road", "trail"], style: "soft", height: 1, usualColor: "#b58e5c" },
  { words: ["dirt", "earth", "soil", "ground"], style: "soft", height: 2, usualColor: "#8f673f" },
  { words: ["brick", "bricks"], style: "hard", height: 4, usualColor: "#a65a44" },
  { words: ["cobblestone", "cobble", "pavement"], style: "hard", height: 2, usualColor: "#8c8c90" },
  { words: ["wood", "wooden", "plank", "planks"], style: "hard", height: 3, usualColor: "#9a6b3e" },
  { words: ["stone", "rock", "rocks", "cliff", "gravel"], style: "hard", height: 4, usualColor: "#84848c" },
];

const COLOR_WORD =
  /\b(black|white|gr[ae]y|red|orange|yellow|green|blue|purple|violet|pink|brown|golden?|silver|cyan|teal|turquoise|crimson|dark|pale|bright)\b/;

/** Reads the nature of a terrain from its description; unknown words make a soft ground. */
export function natureOf(description: string): TerrainNature {
  const text = description.toLowerCase();
  const words = new Set(text.split(/[^a-z]+/));
  const found = KNOWN.find((one) => one.words.some((word) => words.has(word)));
  if (!found) return { style: "soft", height: 2, usualColor: null };
  const { style, height, usualColor } = found;
  return { style, height, usualColor: COLOR_WORD.test(text) ? null : usualColor };
}
