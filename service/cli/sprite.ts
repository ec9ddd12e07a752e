import { mkdir } from "node:fs/promises";
import type { SpriteAnswer } from "../../shared/answers.ts";
import { parseSpriteRequest } from "../../shared/parse-request.ts";
import { ENGINES, SpriteRequest } from "../../shared/requests.ts";
import { buildSpriteAnswer } from "../jobs/job-answer.ts";
import { intoProject } from "../jobs/publish-job.ts";
import { openRoot } from "../library/paths.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { type DrawnSprites, drawLocally, openHost } from "./draw-local.ts";
import { drawRemotely } from "./draw-remote.ts";
import { createProgressDisplay } from "./progress.ts";
import { readDefaults } from "./project-defaults.ts";
import { readRequestFlags, requestFlagHelp, requestFlags } from "./request-flags.ts";
import { readTarget, type SpriteTarget, shownPath } from "./sprite-target.ts";
import { columns, readArguments, textFlag, usageError } from "./usage.ts";

const OWN_FLAGS = {
  output: { type: "string", short: "o" },
  engine: { type: "string" },
  json: { type: "boolean" },
  service: { type: "string" },
} as const;

/** `pixelkiln sprite "red dragon" -o dragon.png`. */
export const spriteCommand: CliCommand = {
  help: () => `pixelkiln sprite "PROMPT" [-o FILE.png] [flags]

Makes sprites and the files that a game engine needs, beside each other. Several images become
FILE-1.png, FILE-2.png ... A file that a person changed is never overwritten.

${columns([
  ["-o, --output FILE.png", "Where to; a folder takes a name from the prompt"],
  [`--engine ${ENGINES.join(",")}`, "Engine files; the default is what the game around is made with"],
  ["--json", "Print the answer as one JSON object"],
  ["--service URL", "Use a running service; also PIXELKILN_URL"],
])}

The request (a flag for each field; --no-FLAG for what is on by default):
${requestFlagHelp()}`,
  run,
};

async function run(context: CliContext): Promise<number> {
  const { values, positionals } = readArguments(
    context.args,
    { ...OWN_FLAGS, ...requestFlags() },
    { most: 1 },
  );
  const [prompt] = positionals;
  if (prompt === undefined)
    throw usageError("prompt", "nothing", 'a text, such as pixelkiln sprite "red dragon"');
  const { cwd } = context;
  const defaults = await readDefaults(cwd);
  const target = await readTarget({
    output: textFlag(values, "output") ?? defaults.output,
    engine: textFlag(values, "engine") ?? defaults.engine,
    prompt,
    cwd,
  });
  const fields = defaults.fieldsOf({ schema: SpriteRequest, takesStyle: true });
  const raw = { ...fields, ...(await readRequestFlags(values, cwd)), prompt };
  const started = performance.now();
  const service = textFlag(values, "service") ?? (context.env.PIXELKILN_URL || undefined) ?? defaults.service;
  const drawn = await draw(context, { raw, target, service });
  context.signal.throwIfAborted();
  const writing = performance.now();
  const written = await writeSprites(drawn, target);
  const answer = await toAnswer(drawn, written, { started, writing });
  report(context, { answer, target, json: values.json === true });
  return 0;
}

interface Work {
  raw: Record<string, unknown>;
  target: SpriteTarget;
  service: string | undefined;
}

async function draw(context: CliContext, { raw, target, service }: Work): Promise<DrawnSprites> {
  const display = createProgressDisplay(context.stderr, String(raw.prompt));
  const options = { target, signal: context.signal, onProgress: display.show };
  const parsed = parseSpriteRequest(raw);
  try {
    if (service) return await drawRemotely(service, parsed, { ...options, env: context.env });
    const host = await openHost(context);
    try {
      return await drawLocally(host, parsed, options);
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

function toAnswer(
  { sprites, manifest }: DrawnSprites,
  written: string[],
  times: { started: number; writing: number },
): Promise<SpriteAnswer> {
  const now = performance.now();
  const { load, model, post, encode } = sprites.timings;
  return buildSpriteAnswer({
    jobId: manifest.id.replace("spr_", "job_"),
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
  });
}

function report(
  { stdout, stderr, cwd }: CliContext,
  result: { answer: SpriteAnswer; target: SpriteTarget; json: boolean },
): void {
  const { answer, target, json } = result;
  if (json) {
    stdout.write(`${JSON.stringify(answer)}\n`);
    return;
  }
  for (const { name, reason } of answer.ignored_parameters) stderr.write(`ignored: ${name}: ${reason}\n`);
  for (const warning of answer.warnings) stderr.write(`note: ${warning}\n`);
  for (const image of answer.images) {
    const facts = `${image.width}x${image.height}, ${image.colors.length} colors, seed ${image.seed}`;
    stdout.write(`${shownPath(target.folder, image.file, cwd)}  ${facts}\n`);
  }
  const beside = answer.project_files.filter((file) => !answer.images.some((image) => image.file === file));
  stderr.write(`beside: ${beside.join(", ")} (${Math.round(answer.timings_ms.total)} ms)\n`);
}
