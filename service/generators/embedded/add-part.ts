import { composePair } from "../../pixel/alter/compose-pair.ts";
import type { PixelImage } from "../../pixel/image.ts";
import { type Drawn, type ExemplarSource, inColors } from "./edit-exemplar.ts";
import type { Candidate, PartChoice } from "./find-exemplars.ts";
import { askedColors } from "./score-exemplar.ts";

/** Categories of rows that have hands and a head. */
const BEINGS = new Set(["person", "monster", "animal"]);
/** Parts that grow on a thing: a drawing of one beside it would be none. */
const GROWN = new Set(
  `sail dot stripe spot rim roof door window wheel handle blade mane tail eye horn leg arm cover lid hair beard claw tooth
  spike scale fur button strap tip point top side bottom pattern mark nose ear mouth stem root branch trunk sleeve`.split(
    /\s+/,
  ),
);
interface AddedPart extends Drawn {
  used: Candidate | null;
}

/** Adds a part to a drawing: recolors it where it is shown already, else joins its own drawing to it. */
export async function addPart(
  image: PixelImage,
  { part, relation, row, alreadyShown }: PartChoice,
  { category, source }: { category: string; source: ExemplarSource },
): Promise<AddedPart> {
  const name = part.head ?? "";
  const recolor = (): Drawn => inColors(image, { thing: part, category, colors: part.colors, part: name });
  if (alreadyShown) return { ...recolor(), used: null };
  const others: PixelImage[] = [];
  const colored = { unmet: [] as string[] };
  if (row && !GROWN.has(name)) {
    const picture = await source.library.pictureOf(row.index);
    const own = inColors(picture, { thing: part, category: row.row.category, colors: askedColors(part) });
    others.push(own.image);
    colored.unmet = own.unmet;
  }
  const isFigure = BEINGS.has(category);
  const joinable = relation === "made of" || GROWN.has(name) ? null : relation;
  const pair = joinable && composePair({ main: image, others, relation: joinable, name, isFigure });
  if (pair?.joined) return { image: pair.image, unmet: colored.unmet, used: row };
  if (part.colors.length === 0) return { image, unmet: part.words, used: null };
  const recolored = recolor();
  return {
    image: recolored.image,
    unmet: recolored.image === image ? part.words : recolored.unmet,
    used: null,
  };
}
