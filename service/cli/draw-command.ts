import { mkdir } from "node:fs/promises";
import { extname } from "node:path";
import { ENGINES } from "../../shared/requests.ts";
import type { AnswerParts } from "../jobs/job-answer.ts";
import { intoProject } from "../jobs/publish-job.ts";
import { openRoot } from "../library/paths.ts";
import type { CliContext } from "./command.ts";
import { type DrawnSprites, drawLocally, type Generate, openHost } from "./draw-local.ts";
import { drawRemotely, type RemoteWork } from "./draw-remote.ts";
import { createProgressDisplay } from "./progress.ts";
import type { ProjectDefaults } from "./project-defaults.ts";
import { readTarget, type SpriteTarget } from "./sprite-target.ts";
import { type FlagValues, textFlag } from "./usage.ts";

/** The flags of every command that draws, besides the fields of its request. */
export const DRAW_FLAGS = {
  output: { type: "string", short: "o" },
  engine: { type: "string" },
  json: { type: "boolean" },
  service: { type: "string" },
} as const;

/** What `--help` says of them, after `-o`. */
export const DRAW_FLAG_HELP: readonly [string, string][] = [
  [`--engine ${ENGINES.join(",")}`, "Engine files; the default is what the game around is made with"],
  ["--json", "Print the answer as one JSON object"],
  ["--service URL", "Use a running service; also PIXELKILN_URL"],
];

/**
 * Reads `-o`, `--engine` and `--service`, each with what the game around decides where the line does not.
 * `stem` names the files where `-o` does not; `folder` is for what has many files: -o then names their folder.
 */
export async function readPlace(
  { cwd, env }: CliContext,
  values: FlagValues,
  { defaults, stem, folder = false }: { defaults: ProjectDefaults; stem: string; folder?: boolean },
): Promise<Pick<DrawWork, "target" | "service">> {
  const given = textFlag(values, "output");
  const asFolder = folder && given !== undefined && extname(given) !== ".png";
  const target = await readTarget({
    output: asFolder ? `${given}/` : (given ?? defaults.output),
    engine: textFlag(values, "engine") ?? defaults.engine,
    prompt: stem,
    cwd,
  });
  const service = textFlag(values, "service") ?? (env.PIXELKILN_URL || undefined) ?? defaults.service;
  return { target, service };
}

/** What a command wants drawn. */
export interface DrawWork extends RemoteWork {
  /** Shown beside the progress. */
  title: string;
  target: SpriteTarget;
  /** A running service that draws; without one a host of this process does. */
  service: string | undefined;
  generate: Generate;
}

/** Draws, here or there, writes all files or none, and gives the parts of the answer. Throws a ServiceError. */
export async function drawAndWrite(context: CliContext, work: DrawWork): Promise<AnswerParts> {
  const started = performance.now();
  const drawn = await draw(context, work);
  context.signal.throwIfAborted();
  const writing = performance.now();
  const written = await writeSprites(drawn, work.target);
  return answerParts(drawn, written, { started, writing });
}

async function draw(context: CliContext, work: DrawWork): Promise<DrawnSprites> {
  const { title, target, service, generate } = work;
  const display = createProgressDisplay(context.stderr, title);
  const options = { target, signal: context.signal, onProgress: display.show };
  try {
    if (service) return await drawRemotely(service, work, { ...options, env: context.env });
    const host = await openHost(context);
    try {
      return await drawLocally(host, generate, options);
    } finally {
      await host.close();
    }
  } finally {
    display.end();
  }
}

/** Writes all files of sprites into the target's folder, or none. Returns their names. */
export async function writeSprites(
  { sprites, manifest }: DrawnSprites,
  { folder }: SpriteTarget,
): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return intoProject(await openRoot(folder), "", { ...sprites, assetId: manifest.id });
}

/** Gives the parts of an answer for what was made here; times in ms of performance.now(). */
function answerParts(
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
