import { randomInt } from "node:crypto";
import { extname } from "node:path";
import type { AnimationAnswer } from "../../shared/answers.ts";
import { type ParsedAnimationRequest, parseAnimationRequest } from "../../shared/parse-animation.ts";
import { ENGINES } from "../../shared/requests.ts";
import { ACTIONS, AnimationRequest } from "../../shared/requests-animation.ts";
import { generateAnimation } from "../jobs/generate-animation.ts";
import { buildAnimationAnswer } from "../jobs/job-answer.ts";
import { animationName } from "../jobs/run-animation.ts";
import { animateRemotely } from "./animate-remote.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { completeManifest, type DrawnSprites, openHost } from "./draw-local.ts";
import { packageInfo } from "./package-info.ts";
import { createProgressDisplay } from "./progress.ts";
import { createFieldFlags } from "./request-flags.ts";
import { writeSprites } from "./sprite.ts";
import { readTarget, type SpriteTarget, shownPath } from "./sprite-target.ts";
import { columns, type FlagTable, type FlagValues, readArguments, textFlag } from "./usage.ts";

/** Fields that the command line says in its own way, or that only mean something over HTTP. */
const NOT_FLAGS: ReadonlySet<string> = new Set(["prompt", "output", "check_cost", "async", "upload_outputs"]);
const FIELDS = createFieldFlags(AnimationRequest, NOT_FLAGS);
const OWN_FLAGS: FlagTable = {
  output: { type: "string", short: "o" },
  engine: { type: "string" },
  json: { type: "boolean" },
  service: { type: "string" },
};

/** `pixelkiln animate`: frames of one thing in motion, with everything a game needs beside them. */
export const animateCommand: CliCommand = {
  help: () => `pixelkiln animate "knight in blue" --action walk --directions 4 [-o FOLDER]
pixelkiln animate --input-image slime.png --action idle [-o FOLDER]

Actions: ${ACTIONS.join(", ")}. Writes the sheet, a GIF, an animated PNG and the files of the engine that the
project around it is made with. A file that somebody changed is never overwritten.

${columns([
  ["-o, --output FOLDER", "Where to; FOLDER/NAME.png names the files too"],
  [`--engine ${ENGINES.join(",")}`, "Engine files; the default is what the game around is made with"],
  ["--json", "Print the answer as one JSON object"],
  ["--service URL", "Use a running service; also PIXELKILN_URL"],
])}

The request (a flag for each field; --no-FLAG for what is on by default):
${FIELDS.help}`,
  run,
};

async function run(context: CliContext): Promise<number> {
  const { values, positionals } = readArguments(context.args, { ...OWN_FLAGS, ...FIELDS.table }, { most: 1 });
  const raw = readFields(await FIELDS.read(values, context.cwd), positionals[0]);
  const parsed = parseAnimationRequest(raw);
  const output = textFlag(values, "output");
  const target = await readTarget({
    output: output === undefined || extname(output) === ".png" ? output : `${output}/`,
    engine: textFlag(values, "engine"),
    prompt: animationName(parsed.request),
    cwd: context.cwd,
  });
  const started = performance.now();
  const made = await animate(context, { parsed, target, values });
  context.signal.throwIfAborted();
  const writing = performance.now();
  const written = await writeSprites(made, target);
  const answer = await toAnswer(made, written, { started, writing });
  report(context, { answer, target, json: values.json === true });
  return 0;
}

/** Flags are text: lists of directions and durations, and a loop that may be a word, become what the schema takes. */
function readFields(fields: Record<string, unknown>, prompt: string | undefined): Record<string, unknown> {
  const raw = { ...fields, ...(prompt === undefined ? {} : { prompt }) };
  const { directions, frame_durations_ms: durations, loop } = raw as Record<string, unknown>;
  const list = typeof directions === "string" ? directions.split(",").map((part) => part.trim()) : directions;
  const numbers = Array.isArray(durations) ? durations.map((part) => Number(part) || part) : durations;
  const repeat = loop === "true" ? true : loop === "false" ? false : loop;
  return {
    ...raw,
    ...(list === undefined ? {} : { directions: list }),
    ...(numbers === undefined ? {} : { frame_durations_ms: numbers }),
    ...(repeat === undefined ? {} : { loop: repeat }),
  };
}

interface Work {
  parsed: ParsedAnimationRequest;
  target: SpriteTarget;
  values: FlagValues;
}

async function animate(context: CliContext, { parsed, target, values }: Work): Promise<DrawnSprites> {
  const service = textFlag(values, "service") ?? context.env.PIXELKILN_URL;
  const display = createProgressDisplay(context.stderr, target.name);
  const options = { target, signal: context.signal, onProgress: display.show };
  try {
    if (service) return await animateRemotely(service, parsed, { ...options, env: context.env });
    const host = await openHost(context);
    try {
      const deps = { host, version: packageInfo().version, chooseSeed: () => randomInt(2 ** 32) };
      const { name, engines, projectFolder: folder } = target;
      const createdAt = new Date().toISOString();
      const sprites = await generateAnimation(parsed, deps, { ...options, createdAt, name, engines, folder });
      return { sprites, manifest: completeManifest(sprites) };
    } finally {
      await host.close();
    }
  } finally {
    display.end();
  }
}

function toAnswer(
  { sprites, manifest }: DrawnSprites,
  written: string[],
  times: { started: number; writing: number },
): Promise<AnimationAnswer> {
  const now = performance.now();
  const { load, model, post, encode } = sprites.timings;
  return buildAnimationAnswer({
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
  });
}

function report(
  { stdout, stderr, cwd }: CliContext,
  { answer, target, json }: { answer: AnimationAnswer; target: SpriteTarget; json: boolean },
): void {
  if (json) {
    stdout.write(`${JSON.stringify(answer)}\n`);
    return;
  }
  for (const { name, reason } of answer.ignored_parameters) stderr.write(`ignored: ${name}: ${reason}\n`);
  for (const warning of answer.warnings) stderr.write(`note: ${warning}\n`);
  const { animation, palette, provenance } = answer;
  const { width, height } = animation.frame_size;
  const sheet = answer.images[0]?.file ?? "";
  const facts = `${animation.frames.length} frames of ${width}x${height}, ${animation.directions.length} direction(s), ${palette.colors.length} colors, motion: ${animation.motion}`;
  stdout.write(`${shownPath(target.folder, sheet, cwd)}  ${facts}\n`);
  const credits = new Set(provenance.exemplars.flatMap(({ credit }) => credit ?? []));
  for (const credit of credits) stderr.write(`credit: ${credit}\n`);
  const beside = answer.project_files.filter((file) => file !== sheet);
  stderr.write(`beside: ${beside.join(", ")} (${Math.round(answer.timings_ms.total)} ms)\n`);
}
