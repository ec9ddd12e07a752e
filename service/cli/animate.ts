import { buildAnimationAnswer } from "../jobs/job-answer.ts";
import { generateAnimation } from "../kinds/animation/make.ts";
import { parseAnimationRequest } from "../kinds/animation/parse.ts";
import { ACTIONS, AnimationRequest } from "../kinds/animation/request.ts";
import { animationName } from "../kinds/asset-names.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { DRAW_FLAG_HELP, DRAW_FLAGS, drawAndWrite, readPlace } from "./draw-command.ts";
import { printAnswer } from "./print-answer.ts";
import { readDefaults } from "./project-defaults.ts";
import { createFieldFlags } from "./request-flags.ts";
import { shownPath } from "./sprite-target.ts";
import { columns, readArguments } from "./usage.ts";

/** Fields that the command line says in its own way, or that only mean something over HTTP. */
const NOT_FLAGS: ReadonlySet<string> = new Set(["prompt", "output", "check_cost", "async", "upload_outputs"]);
const FIELDS = createFieldFlags(AnimationRequest, NOT_FLAGS);
/** `pixelkiln animate`: frames of one thing in motion, with everything a game needs beside them. */
export const animateCommand: CliCommand = {
  help: () => `pixelkiln animate "knight in blue" --action walk --directions 4 [-o FOLDER]
pixelkiln animate --input-image slime.png --action idle [-o FOLDER]

Actions: ${ACTIONS.join(", ")}. Writes the sheet, a GIF, an animated PNG and the files of the engine that the
project around it is made with. A file that somebody changed is never overwritten.

${columns([["-o, --output FOLDER", "Where to; FOLDER/NAME.png names the files too"], ...DRAW_FLAG_HELP])}

The request (a flag for each field; --no-FLAG for what is on by default):
${FIELDS.help}`,
  run,
};

async function run(context: CliContext): Promise<number> {
  const { values, positionals } = readArguments(
    context.args,
    { ...DRAW_FLAGS, ...FIELDS.table },
    { most: 1 },
  );
  const defaults = await readDefaults(context.cwd);
  const flags = readFields(await FIELDS.read(values, context.cwd), positionals[0]);
  const fields = defaults.fieldsOf({ schema: AnimationRequest, takesStyle: true });
  const parsed = parseAnimationRequest({ ...fields, ...flags });
  const stem = animationName(parsed.request);
  const place = await readPlace(context, values, { defaults, stem, folder: true });
  const answer = await buildAnimationAnswer(
    await drawAndWrite(context, {
      title: place.target.name,
      path: "/v1/animations",
      parsed,
      ...place,
      generate: (deps, options) => generateAnimation(parsed, deps, options),
    }),
  );
  const { animation, palette } = answer;
  const { width, height } = animation.frame_size;
  const facts = `${animation.frames.length} frames of ${width}x${height}, ${animation.directions.length} direction(s), ${palette.colors.length} colors, motion: ${animation.motion}`;
  const sheet = shownPath(place.target.folder, answer.images[0]?.file ?? "", context.cwd);
  printAnswer(context, answer, { json: values.json === true, lines: [`${sheet}  ${facts}`] });
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
