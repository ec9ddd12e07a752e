import { basename, extname, resolve } from "node:path";
import type { AssetAnswer } from "../../shared/answers.ts";
import { describeValue, invalidParameter } from "../../shared/errors.ts";
import { ASEPRITE_NOTE, ENGINES } from "../../shared/requests.ts";
import type { KindCommand } from "../kinds/command.ts";
import type { Kind, KindRequest } from "../kinds/kind.ts";
import type { ProjectLock } from "../library/project-files.ts";
import { checkFile, checkTarget } from "./check-place.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { makeAsset, writeAsset, writePicture } from "./make-asset-command.ts";
import { type ProjectDefaults, readDefaults } from "./project-defaults.ts";
import { createFieldFlags, type FieldFlags, readPicture } from "./request-flags.ts";
import { readTarget, type SpriteTarget, shownPath } from "./sprite-target.ts";
import { columns, type FlagValues, readArguments, textFlag } from "./usage.ts";

/** The flags of every kind, besides the fields of its request. */
const OWN_FLAGS = {
  output: { type: "string", short: "o" },
  engine: { type: "string" },
  json: { type: "boolean" },
  service: { type: "string" },
} as const;
/** The flag of kinds that write a single file. */
const FORCE_FLAG = { force: { type: "boolean" } } as const;
const FORCE_HELP = ["--force", "Overwrite an existing file"] as const;
/** The flag of kinds that take lists. */
const LIST_FLAG = { batch: { type: "string" } } as const;
const LIST_HELP = [
  "--batch LIST.json",
  'Many pictures: [{"input": FILE, "output": FILE}, ...]; prints one line of JSON each',
] as const;
/** Fields that the command line sets in its own way, or that matter over HTTP only. */
const NOT_FLAGS: readonly string[] = ["output", "check_cost", "async", "upload_outputs"];

const OUTPUT_HELP: Readonly<Record<KindCommand["output"], [string, string]>> = {
  picture: ["-o, --output FILE.png|FOLDER", "Where to write; in a folder, the prompt names the files"],
  folder: ["-o, --output FOLDER|FILE.png", "Where to write; FILE.png also names the files"],
  file: ["-o, --output FILE.png|FILE.gif", "Where to write; the second argument does the same"],
};

/** Makes the command of a kind from its request and its KindCommand. */
export async function createKindCommand(kind: Kind): Promise<CliCommand> {
  const command = await kind.command();
  const argument = command.argument ? [command.argument.field] : [];
  const fields = createFieldFlags(kind.request, new Set([...NOT_FLAGS, ...argument, ...command.notFlags]));
  return {
    help: () => helpOf(command, fields),
    run: (context) => run(context, { kind, command, fields }),
  };
}

function helpOf(
  { usage, about, output, takesLists, flagHelp = [] }: KindCommand,
  fields: FieldFlags,
): string {
  const rows: (readonly [string, string])[] = [
    OUTPUT_HELP[output],
    ...(takesLists ? [LIST_HELP] : []),
    ...flagHelp,
    ...(output === "file"
      ? [FORCE_HELP]
      : ([
          [`--engine ${ENGINES.join(",")}`, "Engine files; the default is what the project uses"],
          ["", ASEPRITE_NOTE],
        ] as const)),
    ["--json", "Print the answer as one JSON object"],
    ["--service URL", "Use a running service (or set PIXELKILN_URL)"],
  ];
  return `${usage.map((line) => `pixelkiln ${line}`).join("\n")}

${about}

${columns(rows)}

Fields of the request (--no-FLAG turns off what is on by default):
${fields.help}`;
}

interface Parts {
  kind: Kind;
  command: KindCommand;
  fields: FieldFlags;
}

async function run(context: CliContext, parts: Parts): Promise<number> {
  const { kind, command, fields } = parts;
  const table = {
    ...OWN_FLAGS,
    ...(command.output === "file" ? FORCE_FLAG : {}),
    ...(command.takesLists ? LIST_FLAG : {}),
    ...command.flags,
    ...fields.table,
  };
  const most = command.output === "file" ? 2 : command.argument ? 1 : 0;
  const { values, positionals } = readArguments(context.args, table, { most });
  const defaults = await readDefaults(context.cwd);
  const shared = await readFlags(context, parts, { values, defaults });
  const list = textFlag(values, "batch");
  if (list !== undefined) {
    const { runBatch } = await import("./run-batch.ts");
    return runBatch(context, { kind, list, fields: shared, force: values.force === true });
  }
  const [argument, second] = positionals;
  const started = performance.now();
  const parsed = kind.parse({ ...shared, ...(await readArgument(context, command, argument)) });
  const service = textFlag(values, "service") ?? (context.env.PIXELKILN_URL || undefined) ?? defaults.service;
  const place = await readPlace(context, parts, {
    values,
    second,
    defaults,
    stem: kind.nameOf(withSubject(kind, parsed.request, textFlag(values, "input-image"))),
  });
  const picture = command.pictureOf?.(place.target.name, { ...parsed.request }) ?? `${place.target.name}.png`;
  const earlier = await checkPlace(place, picture);
  const title = command.argument?.field === "prompt" ? (argument ?? place.target.name) : place.target.name;
  const asset = await makeAsset(context, { kind, parsed, title, target: place.target, service });
  context.signal.throwIfAborted();
  const answer =
    place.file === null
      ? await writeAsset(asset, place.target.folder, started)
      : await writePicture(asset, place.file, { started, force: values.force === true });
  if (earlier && JSON.stringify(earlier.request) !== JSON.stringify(answer.request))
    context.stderr.write(`note: replaced an earlier ${place.target.name}, which had another request\n`);
  printAnswer(context, answer, {
    json: values.json === true,
    lines: linesOf(context, command, { answer, ...place }),
  });
  return 0;
}

/** Without a prompt, the picture that a request starts from names its files. */
function withSubject(kind: Kind, request: KindRequest, picture: string | undefined): KindRequest {
  const { prompt } = request as { prompt?: string };
  if (picture === undefined || prompt || !("prompt" in kind.request.shape)) return request;
  return Object.assign({ ...request }, { prompt: basename(picture, extname(picture)) });
}

/** Finds out before anything is drawn whether it can be written; gives the lock of what it replaces. */
async function checkPlace({ target, file }: Place, picture: string): Promise<ProjectLock | null> {
  if (file === null) return checkTarget(target.folder, target.name, picture);
  await checkFile(file);
  return null;
}

interface Given {
  values: FlagValues;
  defaults: ProjectDefaults;
}

/** Reads the fields that the project's defaults and the flags set. */
async function readFlags(
  { cwd }: CliContext,
  { kind, command, fields }: Parts,
  { values, defaults }: Given,
): Promise<Record<string, unknown>> {
  const flags = await fields.read(values, cwd);
  const own = command.fieldsOf
    ? await command.fieldsOf(flags, { values, readPicture: (field, path) => readPicture(field, path, cwd) })
    : flags;
  return { ...defaults.fieldsOf(kind), ...own };
}

/** Reads the field that the positional argument sets. Throws if it is required and missing. */
async function readArgument(
  { cwd }: CliContext,
  { argument: slot, example }: KindCommand,
  argument: string | undefined,
): Promise<Record<string, unknown>> {
  if (!slot) return {};
  if (argument === undefined) {
    if (!slot.required) return {};
    const what = slot.field === "prompt" ? "text" : "a picture file";
    throw invalidParameter(slot.field, "nothing", `${what}, as in ${example}`);
  }
  const value = slot.field === "prompt" ? argument : await readPicture("picture", argument, cwd);
  return { [slot.field]: value };
}

interface Place {
  target: SpriteTarget;
  /** The one file to write, or null to write all files of the asset. */
  file: string | null;
}

/** Reads `-o` and `--engine`, with the project's defaults. */
async function readPlace(
  { cwd }: CliContext,
  { command }: Parts,
  { values, second, defaults, stem }: Given & { second: string | undefined; stem: string },
): Promise<Place> {
  const given = textFlag(values, "output");
  if (command.output === "file") {
    const output = given ?? second;
    if (output === undefined) throw invalidParameter("output", "nothing", "-o FILE.png");
    if (given !== undefined && second !== undefined)
      throw invalidParameter("arguments", describeValue(second), "only the input picture together with -o");
    if (![".png", ".gif"].includes(extname(output).toLowerCase()))
      throw invalidParameter("output", describeValue(output), "a file name that ends in .png or .gif");
    const target = { folder: cwd, name: stem, engines: [], projectFolder: "" };
    return { target, file: resolve(cwd, output) };
  }
  const asFolder = command.output === "folder" && given !== undefined && extname(given) !== ".png";
  const target = await readTarget({
    output: asFolder ? `${given}/` : (given ?? defaults.output),
    engine: textFlag(values, "engine") ?? defaults.engine,
    prompt: stem,
    cwd,
  });
  return { target, file: null };
}

function linesOf(
  { cwd }: CliContext,
  command: KindCommand,
  { answer, target, file }: Place & { answer: AssetAnswer },
): string[] {
  return command.factsOf(answer).map((facts, i) => {
    const path = file ?? resolve(target.folder, answer.images[i]?.file ?? "");
    return `${shownPath(path, cwd)}  ${facts}`;
  });
}

/** Prints an answer: JSON, or `lines` on stdout with warnings and credits on stderr. */
function printAnswer(
  { stdout, stderr }: Pick<CliContext, "stdout" | "stderr">,
  answer: AssetAnswer,
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
  const beside = answer.project_files.filter((file) => !shown.has(file) && !file.startsWith("/"));
  const files = beside.length > 0 ? `also wrote ${beside.join(", ")} ` : "";
  stderr.write(`${files}(${Math.round(answer.timings_ms.total)} ms)\n`);
}

/** Lists everyone whom the licenses of the exemplars ask to credit, each once. */
function creditsOf({ provenance: { credit, exemplars } }: AssetAnswer): Set<string> {
  return new Set(
    [credit, ...exemplars.map((exemplar) => exemplar.credit)].filter((name) => name !== undefined),
  );
}
