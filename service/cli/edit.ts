import { randomUUID } from "node:crypto";
import { basename, dirname, extname, join, resolve } from "node:path";
import { EDIT_TOOL_IDS, EDIT_TOOLS, EditAnswer, type EditTool } from "../../shared/edit-tools.ts";
import { describeValue, invalidParameter } from "../../shared/errors.ts";
import { parseEditRequest } from "../../shared/parse-edit.ts";
import { createEditor } from "../jobs/editor.ts";
import { checkFile } from "./check-place.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { openWorkers } from "./local-workers.ts";
import { createFieldFlags, readPicture } from "./request-flags.ts";
import { openClient } from "./service-call.ts";
import { columns, type FlagTable, readArguments, textFlag } from "./usage.ts";
import { writeUnlessChanged } from "./write-whole.ts";

/** Fields that the command line sets in its own way. */
const NOT_FLAGS: ReadonlySet<string> = new Set(["input_image", "custom_id"]);

const OWN_FLAGS = {
  output: { type: "string", short: "o" },
  force: { type: "boolean" },
  json: { type: "boolean" },
  service: { type: "string" },
} as const satisfies FlagTable;

/** `pixelkiln edit color_reducer in.png -o out.png --color-count 8`. */
export const editCommand: CliCommand = {
  help: (args) => `pixelkiln edit TOOL FILE [-o FILE] [flags]

Edits a picture with one of the edit tools; needs neither a model nor a service. Tools that take animations keep all
frames of a GIF. TOOL is the tool's name, with - or _.

${columns([
  ["-o, --output FILE", "Where to write; default: the picture's name plus the tool's"],
  ["--force", "Overwrite an existing file"],
  ["--json", "Print the answer as one JSON object"],
  ["--service URL", "Use a running service (or set PIXELKILN_URL)"],
])}
${EDIT_TOOL_IDS.filter(meantBy(args)).map(toolHelp).join("")}`,
  run,
};

/** Tells which tools to explain: the named one, else all. */
function meantBy(args: readonly string[]): (tool: EditTool) => boolean {
  const named = EDIT_TOOL_IDS.find((id) => args.includes(id) || args.includes(id.replaceAll("_", "-")));
  return (tool) => named === undefined || tool === named;
}

function toolHelp(tool: EditTool): string {
  const { help } = createFieldFlags(EDIT_TOOLS[tool].fields, NOT_FLAGS);
  return `\n${tool}: ${EDIT_TOOLS[tool].description}\n${help === "" ? "" : `${help}\n`}`;
}

async function run(context: CliContext): Promise<number> {
  const [name, ...rest] = context.args;
  const tool = readTool(name);
  const flags = createFieldFlags(EDIT_TOOLS[tool].fields, NOT_FLAGS);
  const { values, positionals } = readArguments(rest, { ...OWN_FLAGS, ...flags.table }, { most: 1 });
  const [input] = positionals;
  if (input === undefined) throw invalidParameter("picture", "nothing", "a picture file");
  const { cwd, stdout, stderr } = context;
  const output = textFlag(values, "output");
  if (output !== undefined) await checkFile(resolve(cwd, output));
  const fields = await flags.read(values, cwd);
  const raw = { ...fields, input_image: await readPicture("picture", input, cwd) };
  const answer = await edit(context, { tool, raw, service: textFlag(values, "service") });
  context.signal.throwIfAborted();
  const bytes = Buffer.from(answer.base64_images[0] ?? "", "base64");
  const path = outputPath({ output, input, tool, bytes, cwd });
  await writeUnlessChanged(path, bytes, values.force === true);
  if (values.json === true) stdout.write(`${JSON.stringify(answer)}\n`);
  else {
    for (const { name: field, reason } of answer.ignored_parameters)
      stderr.write(`ignored: ${field}: ${reason}\n`);
    for (const warning of answer.warnings) stderr.write(`note: ${warning}\n`);
    const frames = answer.frames > 1 ? `, ${answer.frames} frames` : "";
    const shown = path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path;
    stdout.write(`${shown}  ${answer.width}x${answer.height}${frames}, ${answer.checks.colors} colors\n`);
  }
  return 0;
}

function readTool(name: string | undefined): EditTool {
  const wanted = name?.replaceAll("-", "_");
  const tool = EDIT_TOOL_IDS.find((id) => id === wanted);
  if (tool) return tool;
  throw invalidParameter(
    "tool",
    name === undefined ? "nothing" : describeValue(name),
    `one of ${EDIT_TOOL_IDS.join(", ")}`,
  );
}

interface Work {
  tool: EditTool;
  raw: Record<string, unknown>;
  service: string | undefined;
}

async function edit(context: CliContext, { tool, raw, service }: Work): Promise<EditAnswer> {
  const parsed = parseEditRequest(tool, raw);
  const url = service ?? context.env.PIXELKILN_URL;
  if (url) {
    const client = openClient(url, context.env);
    return EditAnswer.parse(await client.postJson(`/v1/edit/tools/${tool}`, raw));
  }
  const workers = await openWorkers(context);
  try {
    return await createEditor({ workers, newId: randomUUID }).run(parsed, context.signal);
  } finally {
    await workers.close();
  }
}

interface OutputQuestion {
  output: string | undefined;
  input: string;
  tool: EditTool;
  bytes: Buffer;
  cwd: string;
}

/** Chooses the file: as asked, or next to the picture. Its ending must match the bytes. */
function outputPath({ output, input, tool, bytes, cwd }: OutputQuestion): string {
  const extension = bytes.subarray(0, 3).toString("latin1") === "GIF" ? ".gif" : ".png";
  if (output === undefined) {
    const stem = basename(input, extname(input));
    return resolve(cwd, join(dirname(input), `${stem}-${tool.replaceAll("_", "-")}${extension}`));
  }
  if (extname(output).toLowerCase() === extension) return resolve(cwd, output);
  throw invalidParameter("output", describeValue(output), `a file name that ends in ${extension}`);
}
