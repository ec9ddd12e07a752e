import { lackingParts } from "../../words/lacking-parts.ts";
import type { PictureRequest, Subject, UsedExemplar } from "../generator.ts";
import { addPart } from "./add-part.ts";
import type { ExemplarDrawing } from "./draw-from-exemplars.ts";
import { type ExemplarSource, usedOf } from "./edit-exemplar.ts";
import { CC0 } from "./exemplar-pictures.ts";
import { findPart, staysUnmet } from "./find-exemplars.ts";

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
    const joined = part.row && (await addPart(image, part, { category: "person", source }));
    if (!joined?.used) continue;
    image = joined.image;
    exemplars.push(usedOf(joined.used, source));
    for (const word of thing.words) if (!staysUnmet(thing, word, part.row)) unmet.delete(word);
    for (const word of joined.unmet) unmet.add(word);
  }
  return { image, exemplars, unmetWords: [...unmet] };
}
