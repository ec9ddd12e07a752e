import { type BuildSummary, buildKilnHeads } from "../project/build-kiln-heads.ts";
import { kilnJsonSchema } from "../project/kiln-schema.ts";
import { findOrphans, pruneOrphan, readKilnSet } from "../project/kiln-set.ts";
import { createBuildDisplay, summaryLine } from "./build-display.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { chooseService, openMaker } from "./open-maker.ts";
import { type OpenedProject, openProject } from "./open-project.ts";
import { columns, type FlagValues, readArguments, textFlag } from "./usage.ts";

const FLAGS = {
  all: { type: "boolean" },
  force: { type: "boolean" },
  prune: { type: "boolean" },
  schema: { type: "boolean" },
  json: { type: "boolean" },
  service: { type: "string" },
} as const;

/** `pixelkiln build [DIR]`. */
export const buildCommand: CliCommand = {
  help: () => `pixelkiln build [FOLDER] [flags]

Makes every *.kiln.json below a folder whose result is not up to date, beside it and with a lock file. What a person
changed is never overwritten: it is named, the rest is made, and the exit code is 1.

${columns([
  ["--all", "Make everything anew, up to date or not"],
  ["--force", "Write over files that a person changed, too"],
  ["--prune", "Remove what a kiln file made that is gone now, unless a person changed it"],
  ["--json", "Print the counts as one JSON object at the end"],
  ["--service URL", "Let this service draw; also PIXELKILN_URL. A running one of the project is found"],
  ["--schema", "Print the JSON schema of kiln files for your editor, and do nothing else"],
])}

How a kiln file looks: docs/kiln-files.md`,
  run,
};

async function run(context: CliContext): Promise<number> {
  const { values, positionals } = readArguments(context.args, FLAGS, { most: 1 });
  if (values.schema === true) {
    context.stdout.write(`${JSON.stringify(kilnJsonSchema(), null, 2)}\n`);
    return 0;
  }
  const project = await openProject(positionals[0], context.cwd);
  const summary = await build(context, project, values);
  if (values.json === true) context.stdout.write(`${JSON.stringify(summary)}\n`);
  else context.stdout.write(`${summaryLine(summary)}\n`);
  return summary.failed > 0 ? 1 : 0;
}

async function build(context: CliContext, project: OpenedProject, values: FlagValues): Promise<BuildSummary> {
  const display = createBuildDisplay(values.json === true ? { ...context, stdout: context.stderr } : context);
  const set = await readKilnSet(project.asked, project);
  for (const { shown, error } of set.broken) display.report({ type: "failed", shown, error });
  const maker = await openMaker(await chooseService(textFlag(values, "service"), context, project), context);
  try {
    const summary = await buildKilnHeads(set.heads, () => true, {
      project,
      maker,
      all: values.all === true,
      force: values.force === true,
      signal: context.signal,
      report: display.report,
    });
    for (const orphan of await findOrphans(set, project)) {
      if (values.prune !== true) display.orphan(orphan);
      else {
        const { removed, kept } = await pruneOrphan(orphan, project);
        const rest = kept.length > 0 ? `; kept ${kept.join(", ")}: other bytes than ours` : "";
        context.stderr.write(`${orphan.kilnFile}: removed ${removed.join(", ") || "nothing"}${rest}\n`);
      }
    }
    return { ...summary, failed: summary.failed + set.broken.length };
  } finally {
    display.end();
    await maker.close();
  }
}
