import { composePair } from "../../pixel/alter/compose-pair.ts";
import { scatter } from "../../pixel/alter/scatter.ts";
import type { PixelImage } from "../../pixel/image.ts";
import { colorTint } from "../../words/color-tint.ts";
import type { PromptThing } from "../../words/prompt-parse.ts";
import { type Drawn, type ExemplarSource, inColors } from "./edit-exemplar.ts";
import { type Candidate, type PartChoice, staysUnmet } from "./find-exemplars.ts";
import { markPart } from "./marked.ts";
import { askedColors } from "./score-exemplar.ts";
import { fillWith, isFilledWith, levelOf } from "./vessel.ts";

/** Categories of rows that have hands and a head. */
const BEINGS = new Set(["person", "monster", "animal"]);
/** Parts that grow on a thing: a drawing of one beside it would be none. */
const GROWN = new Set(
  `sail dot stripe spot rim roof door window wheel handle blade mane tail eye horn leg arm cover lid hair beard claw tooth
  spike scale fur button strap tip point top side bottom pattern mark nose ear mouth stem root branch trunk sleeve`.split(
    /\s+/,
  ),
);

/** What came of a part. */
interface AddedPart extends Drawn {
  /** Whether the picture shows it now. */
  isShown: boolean;
  used: Candidate | null;
}

/** Parts of a thing that are a matter of its color, if it shows them. */
const OWN = new Set(["leaf", "petal", "shell", "flame", "foliage", "wheel"]);
/** Marks on a thing, and what grows all over a tree. */
const MARKS = new Set(["dot", "spot"]);
const FRUIT = new Set(
  "apple cherry orange lemon pear plum peach berry fruit blossom flower strawberry blueberry".split(" "),
);
const FRUIT_COLORS: Readonly<Record<string, string>> = {
  orange: "orange",
  lemon: "yellow",
  pear: "lime",
  plum: "purple",
  peach: "orange",
  blueberry: "blue",
  blossom: "pink",
  flower: "pink",
};

/** The drawing that a part is added to. */
export interface PartHost {
  image: PixelImage;
  /** Head noun and category, as far as known. */
  head: string | null;
  category: string;
  /** States of the thing: "half full". */
  states?: readonly string[];
}

/** Adds a part to a drawing: recolors it where it is shown already, else joins its own drawing to it. */
export async function addPart(
  { image, head, category, states = [] }: PartHost,
  { part, relation, row, alreadyShown }: PartChoice,
  source: ExemplarSource,
): Promise<AddedPart> {
  const name = part.head ?? "";
  const colors = askedColors(part);
  const recolor = (): Drawn => inColors(image, { thing: part, category, colors, part: name });
  const scattered = scatterPart(image, { part, head });
  if (scattered) return { image: scattered, unmet: [], isShown: true, used: null };
  if (relation === "full of" && isFilledWith(head, part)) {
    const level = levelOf(states) ?? 1;
    const filled = alreadyShown && level === 1 ? null : fillWith(image, part, level);
    if (filled) return { image: filled, unmet: [], isShown: true, used: null };
  }
  if (alreadyShown) return { ...recolor(), isShown: true, used: null };
  if (OWN.has(name) && colors.length > 0) {
    const own = recolor();
    if (own.image !== image) return { ...own, isShown: true, used: null };
  }
  const marked = relation === "with" || relation === "on" ? markPart(image, head, part) : null;
  if (marked) return { image: marked, unmet: [], isShown: true, used: null };
  const others: PixelImage[] = [];
  let unmet: string[] = [];
  if (row && !GROWN.has(name)) {
    const picture = await source.library.pictureOf(row.index);
    const own = inColors(picture, { thing: part, category: row.row.category, colors });
    others.push(own.image);
    unmet = own.unmet;
  }
  const isFigure = BEINGS.has(category);
  const joinable = relation === "made of" || GROWN.has(name) ? null : relation;
  const pair = joinable && composePair({ main: image, others, relation: joinable, name, isFigure });
  if (pair?.joined)
    return { image: pair.image, unmet, isShown: true, used: pair.other && others.length > 0 ? row : null };
  if (colors.length === 0) return { image, unmet: part.words, isShown: false, used: null };
  const recolored = recolor();
  const isShown = recolored.image !== image;
  return { image: recolored.image, unmet: isShown ? recolored.unmet : part.words, isShown, used: null };
}

/** Keeps account of the words that have no effect, once a part is added or is not. */
export function settleWords(
  unmet: Set<string>,
  { part, row }: Pick<PartChoice, "part" | "row">,
  { isShown, unmet: open }: Pick<AddedPart, "isShown" | "unmet">,
): void {
  if (isShown) {
    // An apple tree with apples is one.
    unmet.delete(part.head ?? "");
    for (const word of part.words) if (!staysUnmet(part, word, row)) unmet.delete(word);
  }
  for (const word of open) unmet.add(word);
}

/** Paints marks on a thing, or many fruits and flowers on a tree. */
function scatterPart(
  image: PixelImage,
  { part, head }: { part: PromptThing; head: string | null },
): PixelImage | null {
  const name = part.head ?? "";
  const isMany = part.name.at(-1) !== name;
  const isFruit = isMany && FRUIT.has(name) && /^(tree|bush|shrub|plant)$/.test(head ?? "");
  if (!isFruit && !MARKS.has(name)) return null;
  const color = part.colors[0] ?? FRUIT_COLORS[name] ?? (isFruit ? "red" : "white");
  const tint = colorTint(color);
  return tint && scatter(image, tint);
}
