import { invalidParameter } from "../../shared/errors.ts";
import { parseSpriteRequest } from "../../shared/parse-request.ts";
import { SpriteRequest } from "../../shared/requests.ts";
import { buildSpriteAnswer } from "../jobs/job-answer.ts";
import { generateSprites } from "../kinds/sprite/make.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { DRAW_FLAG_HELP, DRAW_FLAGS, drawAndWrite, readPlace } from "./draw-command.ts";
import { printAnswer } from "./print-answer.ts";
import { readDefaults } from "./project-defaults.ts";
import { readRequestFlags, requestFlagHelp, requestFlags } from "./request-flags.ts";
import { shownPath } from "./sprite-target.ts";
import { columns, readArguments } from "./usage.ts";

/** `pixelkiln sprite "red dragon" -o dragon.png`. */
export const spriteCommand: CliCommand = {
  help: () => `pixelkiln sprite "PROMPT" [-o FILE.png] [flags]

Makes sprites and the files that a game engine needs, beside each other. Several images become
FILE-1.png, FILE-2.png ... A file that a person changed is never overwritten.

${columns([["-o, --output FILE.png", "Where to; a folder takes a name from the prompt"], ...DRAW_FLAG_HELP])}

The request (a flag for each field; --no-FLAG for what is on by default):
${requestFlagHelp()}`,
  run,
};

async function run(context: CliContext): Promise<number> {
  const { values, positionals } = readArguments(
    context.args,
    { ...DRAW_FLAGS, ...requestFlags() },
    { most: 1 },
  );
  const [prompt] = positionals;
  if (prompt === undefined)
    throw invalidParameter("prompt", "nothing", 'a text, such as pixelkiln sprite "red dragon"');
  const { cwd } = context;
  const defaults = await readDefaults(cwd);
  const fields = defaults.fieldsOf({ schema: SpriteRequest, takesStyle: true });
  const raw = { ...fields, ...(await readRequestFlags(values, cwd)), prompt };
  const parsed = parseSpriteRequest(raw);
  const place = await readPlace(context, values, { defaults, stem: prompt });
  const answer = await buildSpriteAnswer(
    await drawAndWrite(context, {
      title: prompt,
      path: "/v1/sprites",
      parsed,
      ...place,
      generate: (deps, options) => generateSprites(parsed, deps, options),
    }),
  );
  const lines = answer.images.map(({ width, height, colors, seed, file }) => {
    const facts = `${width}x${height}, ${colors.length} colors, seed ${seed}`;
    return `${shownPath(place.target.folder, file, cwd)}  ${facts}`;
  });
  printAnswer(context, answer, { json: values.json === true, lines });
  return 0;
}
