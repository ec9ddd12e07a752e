import { lackingParts } from "../../words/lacking-parts.ts";
import type { PictureRequest, Subject, UsedExemplar } from "../generator.ts";
import { addPart, settleWords } from "./add-part.ts";
import type { ExemplarDrawing } from "./draw-from-exemplars.ts";
import { type ExemplarSource, usedOf } from "./edit-exemplar.ts";
import { CC0 } from "./exemplar-pictures.ts";
import { findPart } from "./find-exemplars.ts";

/** Adds to a person the things that it lacks, as far as there are drawings of them: a parrot, a lantern. */
export async function completeSubject(
  request: PictureRequest,
  { image: drawn, unmetWords }: Subject,
  source: ExemplarSource,
): Promise<ExemplarDrawing> {
  const unmet = new Set(unmetWords);
  const exemplars: UsedExemplar[] = [];
  let image = drawn;
  for (const { relation, thing } of lackingParts(request.prompt, unmetWords)) {
    const search = {
      kind: "sprite",
      size: Math.max(request.width, request.height),
      seed: request.seed,
      license: request.exemplars === "cc0" ? CC0 : null,
    } as const;
    const part = findPart(source.index, { ...search, thing }, { relation, thing, shown: null });
    const joined = await addPart({ image, head: null, category: "person" }, part, source);
    if (!joined.isShown) continue;
    image = joined.image;
    if (joined.used) exemplars.push(usedOf(joined.used, source));
    settleWords(unmet, part, joined);
  }
  return { image, exemplars, unmetWords: [...unmet] };
}
