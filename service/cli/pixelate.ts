import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { describeValue, invalidParameter, ServiceError } from "../../shared/errors.ts";
import { findPalette, PALETTES } from "../../shared/palettes.ts";
import { DITHER_MODES, LIMITS } from "../../shared/requests.ts";
import { decodeImage } from "../codecs/decode-image.ts";
import { CLEANUP_PASSES, type CleanupPass } from "../kinds/pixelate/request.ts";
import { countColors } from "../pixel/count-colors.ts";
import { parseHex } from "../pixel/parse-hex.ts";
import type { PixelateOptions, PixelateTogetherResult } from "../pixel/pixelate/options.ts";
import { pixelateTogether } from "../pixel/pixelate/pixelate.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { encodeFrames, readFrames, type SheetCut } from "./picture-frames.ts";
import { columns, type FlagValues, readArguments, textFlag } from "./usage.ts";
import { writeWhole } from "./write-whole.ts";

const MOST_COLORS = 256;
const FLAGS = {
  output: { type: "string", short: "o" },
  batch: { type: "string" },
  "pixel-size": { type: "string" },
  width: { type: "string" },
  height: { type: "string" },
  "color-count": { type: "string" },
  "input-palette": { type: "string" },
  "dither-mode": { type: "string" },
  "dither-strength": { type: "string" },
  "remove-bg": { type: "boolean" },
  cleanup: { type: "string" },
  columns: { type: "string" },
  rows: { type: "string" },
  json: { type: "boolean" },
} as const;

/** `pixelkiln pixelate in.png -o out.png`. */
export const pixelateCommand: CliCommand = {
  help: () => `pixelkiln pixelate FILE -o FILE.png [flags]
pixelkiln pixelate FILE FILE.png [flags]
pixelkiln pixelate --batch LIST.json [flags]

Turns a picture that only looks like pixel art into true pixel art: finds its cells, gives each one colour, and the
whole the fewest colours that lose nothing an eye sees. True pixel art comes back unchanged. No model is needed.
All frames of a GIF, and all cells of a sprite sheet, share one grid and one palette; a GIF written to a FILE.png
becomes a sheet.

${columns([
  ["-o, --output FILE.png|FILE.gif", "Where to; a file that is there is replaced"],
  ["--batch LIST.json", 'Many pictures: [{"input": FILE, "output": FILE}, ...]; one line of JSON each'],
  ["--pixel-size auto|N", "Edge of an art pixel in the picture, 1 to 256; default auto"],
  ["--width N, --height N", "Native size of the result, instead of --pixel-size"],
  ["--color-count auto|N", "Most colours, 1 to 256; default auto"],
  ["--input-palette NAME|HEX,HEX|FILE", "Colours that the result is held to"],
  [`--dither-mode ${DITHER_MODES.join("|")}`, "Dithers anew; none keeps the patterns of the picture"],
  ["--dither-strength N", "0 to 100; default 50"],
  ["--remove-bg", "Makes the background transparent, from the border in"],
  [`--cleanup ${CLEANUP_PASSES.join(",")}`, "Clean-up passes; each would harm some true pixel art"],
  ["--columns N, --rows N", "Cells of a sprite sheet; default one"],
  ["--json", "Print what was found as one JSON object"],
])}`,
  run,
};

async function run(context: CliContext): Promise<number> {
  const { values, positionals } = readArguments(context.args, FLAGS, { most: 2 });
  const options = { ...(await readOptions(values, context.cwd)), cut: readCut(values) };
  const list = textFlag(values, "batch");
  if (list !== undefined) return runBatch(context, list, options);
  const [input, second] = positionals;
  const output = textFlag(values, "output") ?? second;
  if (input === undefined) throw invalidParameter("picture", "nothing", "a picture file");
  if (output === undefined) throw invalidParameter("output", "nothing", "-o FILE.png");
  if (second !== undefined && textFlag(values, "output") !== undefined)
    throw invalidParameter("arguments", describeValue(second), "one picture beside -o");
  const result = await pixelateFile({ input, output }, options, context.cwd);
  if (values.json === true) context.stdout.write(`${JSON.stringify(summary(input, output, result))}\n`);
  else {
    for (const warning of result.warnings) context.stderr.write(`note: ${warning}\n`);
    const { width, height } = sizeOf(result);
    const several = result.images.length > 1 ? `${result.images.length} frames of ` : "";
    const facts = `${several}${width}x${height}, ${result.palette.length} colors, ${result.grid.kind}`;
    context.stdout.write(`${output}  ${facts}\n`);
  }
  return 0;
}

/** How pictures are worked on, and how a sheet among them is cut. */
type FileOptions = PixelateOptions & { cut: SheetCut | null };

interface Files {
  input: string;
  output: string;
}

/** Works through a list; a picture that fails has its line, and the others go on. */
async function runBatch(context: CliContext, list: string, options: FileOptions): Promise<number> {
  const entries = await readList(list, context.cwd);
  let failed = 0;
  for (const entry of entries) {
    context.signal.throwIfAborted();
    try {
      const result = await pixelateFile(entry, options, context.cwd);
      context.stdout.write(`${JSON.stringify(summary(entry.input, entry.output, result))}\n`);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      failed++;
      context.stdout.write(`${JSON.stringify({ ...entry, ok: false, error: error.message })}\n`);
    }
  }
  return failed > 0 ? 2 : 0;
}

async function readList(list: string, cwd: string): Promise<Files[]> {
  const expected = 'a JSON file [{"input": FILE, "output": FILE}, ...]';
  let parsed: unknown;
  try {
    parsed = JSON.parse(await readFile(resolve(cwd, list), "utf8"));
  } catch {
    throw invalidParameter("batch", describeValue(list), expected);
  }
  if (!Array.isArray(parsed)) throw invalidParameter("batch", describeValue(parsed), expected);
  return parsed.map((entry: unknown, i) => {
    const { input, output } = (entry ?? {}) as Record<string, unknown>;
    if (typeof input === "string" && typeof output === "string") return { input, output };
    throw invalidParameter(`batch[${i}]`, describeValue(entry), '{"input": FILE, "output": FILE}');
  });
}

async function pixelateFile(
  { input, output }: Files,
  { cut, ...options }: FileOptions,
  cwd: string,
): Promise<PixelateTogetherResult> {
  const picture = await readFrames(await readBytes(input, "picture", cwd), "picture", cut);
  const { width: frameWidth, height: frameHeight } = picture.frames[0] ?? { width: 0, height: 0 };
  const { pixelSize = 1, width = 1, height = 1 } = options;
  const smaller = Math.min(frameWidth, frameHeight);
  if (pixelSize > smaller) throw invalidParameter("pixel-size", String(pixelSize), `at most ${smaller}`);
  if (width > frameWidth) throw invalidParameter("width", String(width), `at most ${frameWidth}`);
  if (height > frameHeight) throw invalidParameter("height", String(height), `at most ${frameHeight}`);
  const result = pixelateTogether(picture.frames, { ...options, now: () => performance.now() });
  await writeWhole(resolve(cwd, output), await encodeFrames(output, result.images, picture));
  return result;
}

async function readBytes(path: string, field: string, cwd: string): Promise<Uint8Array> {
  try {
    return await readFile(resolve(cwd, path));
  } catch {
    throw invalidParameter(field, describeValue(path), "a picture file that can be read");
  }
}

function sizeOf({ images: [first] }: PixelateTogetherResult): { width: number; height: number } {
  return { width: first?.width ?? 0, height: first?.height ?? 0 };
}

function summary(input: string, output: string, result: PixelateTogetherResult) {
  const { grid, palette, warnings, timings } = result;
  const { kind, pitchX, pitchY, confidence } = grid;
  return {
    input,
    output,
    ok: true,
    ...sizeOf(result),
    frames: result.images.length,
    colors: palette.length,
    grid: { kind, pitch_x: rounded(pitchX), pitch_y: rounded(pitchY), confidence: rounded(confidence) },
    warnings,
    timings_ms: Object.fromEntries(Object.entries(timings).map(([stage, ms]) => [stage, Math.round(ms)])),
  };
}

function rounded(value: number): number {
  return Math.round(1000 * value) / 1000;
}

async function readOptions(values: FlagValues, cwd: string): Promise<PixelateOptions> {
  const palette = textFlag(values, "input-palette");
  const dither = oneOf(values, "dither-mode", DITHER_MODES);
  const cleanup = textFlag(values, "cleanup")
    ?.split(",")
    .map((name) => name.trim());
  for (const name of cleanup ?? []) {
    if (!CLEANUP_PASSES.some((pass) => pass === name))
      throw invalidParameter("cleanup", describeValue(name), CLEANUP_PASSES.join(", "));
  }
  const numbers = {
    pixelSize: numberFlag(values, "pixel-size", { least: 1, most: 256, auto: true }),
    width: numberFlag(values, "width", { least: 1, most: 4096, whole: true }),
    height: numberFlag(values, "height", { least: 1, most: 4096, whole: true }),
    colorCount: numberFlag(values, "color-count", { least: 1, most: MOST_COLORS, whole: true, auto: true }),
    ditherStrength: numberFlag(values, "dither-strength", { least: 0, most: 100 }),
  };
  return {
    ...Object.fromEntries(Object.entries(numbers).filter(([, value]) => value !== undefined)),
    ...(palette === undefined ? {} : { palette: await readPalette(palette, cwd) }),
    ...(dither === undefined ? {} : { dither }),
    ...(cleanup === undefined ? {} : { cleanup: cleanup as CleanupPass[] }),
    removeBackground: values["remove-bg"] === true,
  };
}

/** The cells that a sheet is cut into, or null when neither flag is there. */
function readCut(values: FlagValues): SheetCut | null {
  const range = { least: 1, most: LIMITS.frames, whole: true };
  const [columns, rows] = [numberFlag(values, "columns", range), numberFlag(values, "rows", range)];
  if (columns === undefined && rows === undefined) return null;
  const cut = { columns: columns ?? 1, rows: rows ?? 1 };
  if (cut.columns * cut.rows <= LIMITS.frames) return cut;
  throw invalidParameter("columns", `${cut.columns}x${cut.rows} cells`, `at most ${LIMITS.frames} cells`);
}

interface NumberRange {
  least: number;
  most: number;
  whole?: boolean;
  /** The word auto stands for no number. */
  auto?: boolean;
}

function numberFlag(values: FlagValues, name: string, range: NumberRange): number | undefined {
  const text = textFlag(values, name);
  if (text === undefined || (range.auto && text === "auto")) return undefined;
  const value = text.trim() === "" ? Number.NaN : Number(text);
  const fits = value >= range.least && value <= range.most && (!range.whole || Number.isInteger(value));
  if (fits) return value;
  const kind = range.whole ? "a whole number" : "a number";
  const expected = `${range.auto ? "auto or " : ""}${kind} from ${range.least} to ${range.most}`;
  throw invalidParameter(name, describeValue(text), expected);
}

function oneOf<T extends string>(values: FlagValues, name: string, choices: readonly T[]): T | undefined {
  const text = textFlag(values, name);
  if (text === undefined) return undefined;
  const choice = choices.find((one) => one === text);
  if (choice === undefined) throw invalidParameter(name, describeValue(text), choices.join(", "));
  return choice;
}

/** A palette is hex colours joined by commas, a picture file, or else a name. */
async function readPalette(text: string, cwd: string): Promise<number[]> {
  const parts = text.split(",").map((part) => part.trim());
  if (parts.every((part) => /^#?[0-9a-f]{6}$/i.test(part))) return [...new Set(parts.map(parseHex))];
  const named = findPalette(text);
  if (named) return named.colors.map(parseHex);
  if (!/\.(?:png|gif|webp|jpe?g)$/i.test(text)) {
    const names = PALETTES.map(({ name }) => name).join(", ");
    throw invalidParameter(
      "input-palette",
      describeValue(text),
      `hex colors, a picture file, or one of ${names}`,
    );
  }
  const colors = [
    ...countColors(await decodeImage(await readBytes(text, "input-palette", cwd), "input-palette")).keys(),
  ];
  if (colors.length >= 1 && colors.length <= MOST_COLORS) return colors;
  throw invalidParameter(
    "input-palette",
    `a picture of ${colors.length} colors`,
    `1 to ${MOST_COLORS} colors`,
  );
}
