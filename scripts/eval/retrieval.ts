import { readFileSync } from "node:fs";
import { join } from "node:path";
import { indexLibrary, type LibraryRow } from "../../service/generators/embedded/exemplar-library.ts";
import { findExemplars } from "../../service/generators/embedded/find-exemplars.ts";
import { parsePrompt } from "../../service/words/parse-prompt.ts";

/** What retrieval answers to one prompt: a line a person can read, and the row ids of its seeds. */
export interface Retrieved {
  prompt: string;
  line: string;
  ids: string[];
}

/** Chooses drawings for prompts, seeds 0 to 3 each, without drawing anything. `model` is a model's folder. */
export function retrieve(model: string, prompts: readonly string[], size = 32): Retrieved[] {
  const lines = readFileSync(join(model, "exemplars/index.jsonl"), "utf8")
    .split("\n")
    .filter((line) => line !== "");
  const library = indexLibrary(lines.map((line) => JSON.parse(line) as LibraryRow));
  return prompts.map((prompt) => {
    const things = parsePrompt(prompt).things;
    const found = things.map((thing) =>
      [0, 1, 2, 3].map((seed) =>
        findExemplars(library, { thing, kind: "sprite", size, seed, license: null }),
      ),
    );
    const said = found.map((seeds) => {
      const parts = (seeds[0]?.parts ?? []).map(({ part, relation, row, alreadyShown }) => {
        return `${relation} ${part.head}: ${alreadyShown ? "shown" : (row?.row.name ?? "none")}`;
      });
      const names = seeds.map(({ main }) =>
        main ? `${main.row.name}/${main.row.source}/${main.row.size}` : "none",
      );
      const unmet = seeds[0]?.unmetWords ?? [];
      return [names.join(", "), ...parts, ...(unmet.length > 0 ? [`unmet: ${unmet.join(" ")}`] : [])].join(
        "; ",
      );
    });
    const ids = found.flatMap((seeds) => seeds.map(({ main }) => main?.row.id ?? ""));
    return { prompt, line: said.join(" | "), ids };
  });
}
