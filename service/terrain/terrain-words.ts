import { fromOklch, toOklch } from "../pixel/alter/oklch.ts";
import { parseHex } from "../pixel/parse-hex.ts";
import { COLOR_WORDS } from "../words/color-words.ts";
import { singularOf } from "../words/singular.ts";
import type { GroundPattern } from "./ground-patterns.ts";

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
  /** Its names in the singular; of two words, both must be in the description. */
  words: readonly string[];
  pattern: GroundPattern;
}

type Row = [words: string, pattern: GroundPattern, style: EdgeStyle, height: number, usualColor: string];

/** The first row with a name of the description wins: more specific ones come first. Names end at a comma. */
const ROWS: readonly Row[] = [
  ["lava, magma", "lava", "liquid", 0, "#d8481c"],
  ["swamp, bog, marsh", "bubbles", "liquid", 0, "#4f6b4a"],
  ["acid, slime, poison", "bubbles", "liquid", 0, "#7fc02e"],
  ["sea, ocean", "waves", "liquid", 0, "#2f6fb0"],
  ["water, river, lake, pond, stream", "waves", "liquid", 0, "#3f86c6"],
  ["moss, mossy", "moss", "grassy", 3, "#5c7f3a"],
  ["grass, meadow, lawn, grassland", "grass", "grassy", 3, "#4f9a3c"],
  ["forest, leaf, jungle, bush, hedge", "leaves", "grassy", 4, "#3b7337"],
  ["snow, snowy", "snow", "soft", 3, "#dfe9f2"],
  ["ice, icy, glacier", "ice", "soft", 1, "#8fc3e0"],
  ["sand, beach, desert, dune", "sand", "soft", 2, "#dcc07c"],
  ["mud, muddy", "mud", "soft", 1, "#6e5137"],
  ["path, road, trail", "path", "soft", 1, "#b58e5c"],
  ["roof, shingle", "roof", "hard", 4, "#b0533a"],
  ["cave, cavern, dungeon floor", "rock", "hard", 2, "#5d5964"],
  ["marble", "marble", "hard", 3, "#d9d6d2"],
  ["stone brick, castle wall, stone wall, dungeon wall", "masonry", "hard", 4, "#84848c"],
  ["brick", "bricks", "hard", 4, "#a65a44"],
  ["cobblestone, cobble, pavement", "cobbles", "hard", 2, "#8c8c90"],
  ["stone floor, stone tile, flagstone, slab, stone slab, paving stone", "slabs", "hard", 2, "#8a8a90"],
  ["gravel, pebble", "gravel", "soft", 2, "#8f8b86"],
  ["wood, wooden, plank, floorboard, wood plank, wooden plank, wooden board", "planks", "hard", 3, "#9a6b3e"],
  ["dirt, earth, soil, ground", "dirt", "soft", 2, "#8f673f"],
  ["stone, rock, cliff", "rock", "hard", 4, "#84848c"],
  ["floor tile, tile floor, checkered floor, checkerboard", "checks", "hard", 2, "#b9b2a6"],
];

const KNOWN: readonly KnownTerrain[] = ROWS.map(([words, pattern, style, height, usualColor]) => ({
  words: words.split(", "),
  pattern,
  style,
  height,
  usualColor,
}));

/** Words that say nothing about how a ground looks. */
const PLAIN = new Set(
  `a an the of and with pixel art seamless tileable texture tile block pattern surface terrain ground floor wall flooring top
  down view plain simple smooth fine loose clean fresh natural basic field patch`.split(/\s+/),
);
/** What these add to the lightness of a ground. */
const SHADES: Readonly<Record<string, number>> = {
  dark: -0.13,
  deep: -0.08,
  pale: 0.1,
  light: 0.1,
  bright: 0.06,
};

/** What lies on a ground in patches: a mossy floor is a floor with moss. */
const COVERS: Readonly<Record<string, string>> = {
  mossy: "moss",
  overgrown: "moss",
  grassy: "grass",
  snowy: "snow",
  icy: "ice",
  sandy: "sand",
  muddy: "mud",
};

/** Splits "mossy stone floor" into "stone floor" and the "moss" on it; `cover` is null if nothing is said to lie on it. */
export function splitCover(description: string): { ground: string; cover: string | null } {
  const [word = ""] = description.toLowerCase().match(/[a-z]+/) ?? [];
  const cover = Object.hasOwn(COVERS, word) ? (COVERS[word] ?? null) : null;
  return {
    ground: cover ? description.slice(description.search(/[a-z]/i) + word.length) : description,
    cover,
  };
}

/** Reads the nature of a terrain from its description; unknown words make a soft ground. */
export function natureOf(description: string): TerrainNature {
  const found = findTerrain(description);
  if (!found) return { style: "soft", height: 2, usualColor: null };
  const { style, height, usualColor } = found.terrain;
  return { style, height, usualColor: found.colors.length > 0 ? null : usualColor };
}

/** Whether rules can draw all that a description says. */
export function isDrawnGround(description: string): boolean {
  return plainGround(splitCover(description).ground) !== null;
}

/** A ground whose look its words say in full. */
export interface PlainGround {
  pattern: GroundPattern;
  /** Its medium color, 0xRRGGBB. */
  color: number;
  /** Whether it is not the usual color, but one that was asked for. */
  isTinted: boolean;
}

/** Reads a ground that is described by its name, a color and nothing else; null for any other description. */
export function plainGround(description: string): PlainGround | null {
  const found = findTerrain(description);
  if (!found) return null;
  const { terrain, colors, rest } = found;
  if (rest.some((word) => !PLAIN.has(word)) || colors.filter((word) => !(word in SHADES)).length > 1)
    return null;
  const { l, c, h } = toOklch(parseHex(terrain.usualColor ?? "#808080"));
  const tint = colors.map((word) => COLOR_WORDS[word]).find((one) => one !== undefined);
  const base = tint ? { l: tint.lightness, c: 0.8 * tint.chroma, h: tint.hue ?? h } : { l, c, h };
  const shade = colors.reduce((sum, word) => sum + (SHADES[word] ?? 0), 0);
  const color = fromOklch({ ...base, l: Math.max(0.2, Math.min(0.95, base.l + shade)) });
  return { pattern: terrain.pattern, color, isTinted: colors.length > 0 };
}

interface FoundTerrain {
  terrain: KnownTerrain;
  /** Words of the description for colors and shades. */
  colors: string[];
  /** Words that are neither that nor names of the terrain. */
  rest: string[];
}

function findTerrain(description: string): FoundTerrain | null {
  const words = description
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== "")
    .map(singularOf);
  const has = (name: string): boolean => name.split(" ").every((word) => words.includes(word));
  const terrain = KNOWN.find(({ words: names }) => names.some(has));
  if (!terrain) return null;
  const named = new Set(terrain.words.filter(has).flatMap((name) => name.split(" ")));
  const others = words.filter((word) => !named.has(word));
  const isColor = (word: string): boolean => Object.hasOwn(COLOR_WORDS, word) || Object.hasOwn(SHADES, word);
  return { terrain, colors: others.filter(isColor), rest: others.filter((word) => !isColor(word)) };
}
