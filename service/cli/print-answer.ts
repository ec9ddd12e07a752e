import type { AnimationAnswer, SpriteAnswer, TileAnswer, TilesetAnswer } from "../../shared/answers.ts";
import type { CliContext } from "./command.ts";

type Answer = SpriteAnswer | TileAnswer | TilesetAnswer | AnimationAnswer;

/** Prints an answer: JSON, or `lines` on stdout and notes on stderr: warnings, and whom to name. */
export function printAnswer(
  { stdout, stderr }: Pick<CliContext, "stdout" | "stderr">,
  answer: Answer,
  { json, lines }: { json: boolean; lines: readonly string[] },
): void {
  if (json) {
    stdout.write(`${JSON.stringify(answer)}\n`);
    return;
  }
  for (const { name, reason } of answer.ignored_parameters) stderr.write(`ignored: ${name}: ${reason}\n`);
  for (const warning of answer.warnings) stderr.write(`note: ${warning}\n`);
  for (const line of lines) stdout.write(`${line}\n`);
  for (const credit of creditsOf(answer)) stderr.write(`credit: ${credit}\n`);
  const shown = new Set(answer.images.map(({ file }) => file));
  const beside = answer.project_files.filter((file) => !shown.has(file));
  stderr.write(`beside: ${beside.join(", ")} (${Math.round(answer.timings_ms.total)} ms)\n`);
}

/** Lists whom the licences of what was drawn from ask to be named, each once. */
function creditsOf({ provenance: { credit, exemplars } }: Answer): Set<string> {
  return new Set(
    [credit, ...exemplars.map((exemplar) => exemplar.credit)].filter((name) => name !== undefined),
  );
}
