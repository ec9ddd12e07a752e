import type { TileAnswer, TilesetAnswer } from "../../shared/answers.ts";
import type { AnswerParts } from "../jobs/job-answer.ts";
import type { CliContext } from "./command.ts";
import type { DrawnSprites } from "./draw-local.ts";

/** Gives the parts of an answer for what was made here; times in ms of performance.now(). */
export function answerParts(
  { sprites, manifest }: DrawnSprites,
  written: string[],
  times: { started: number; writing: number },
): AnswerParts {
  const now = performance.now();
  const { load, model, post, encode } = sprites.timings;
  return {
    jobId: manifest.id.replace(/^[a-z]+_/, "job_"),
    manifest,
    read: async (path) => sprites.files.find((file) => file.path === path)?.bytes ?? new Uint8Array(),
    urlOf: (path) => path,
    projectFiles: written,
    timings: {
      queue: 0,
      model: load + model,
      post,
      write: encode + now - times.writing,
      total: now - times.started,
    },
  };
}

/** Prints an answer: JSON, or `lines` on stdout and notes on stderr. */
export function printAnswer(
  { stdout, stderr }: Pick<CliContext, "stdout" | "stderr">,
  answer: TileAnswer | TilesetAnswer,
  { json, lines }: { json: boolean; lines: readonly string[] },
): void {
  if (json) {
    stdout.write(`${JSON.stringify(answer)}\n`);
    return;
  }
  for (const { name, reason } of answer.ignored_parameters) stderr.write(`ignored: ${name}: ${reason}\n`);
  for (const warning of answer.warnings) stderr.write(`note: ${warning}\n`);
  for (const line of lines) stdout.write(`${line}\n`);
  if (answer.provenance.credit) stderr.write(`credit: ${answer.provenance.credit}\n`);
  const shown = new Set(answer.images.map(({ file }) => file));
  const beside = answer.project_files.filter((file) => !shown.has(file));
  stderr.write(`beside: ${beside.join(", ")} (${Math.round(answer.timings_ms.total)} ms)\n`);
}
