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

Builds every *.kiln.json under a folder whose files are out of date, and keeps a lock file next to it. Files that you
changed are never overwritten: they are listed, everything else is built, and the exit code is 1.

${columns([
  ["--all", "Build everything again, up to date or not"],
  ["--force", "Overwrite files even if you changed them"],
  ["--prune", "Remove the output of kiln files that are gone, unless you changed it"],
  ["--json", "Print the counts as one JSON object at the end"],
  ["--service URL", "Use this service (or set PIXELKILN_URL); the project's own is found if it is running"],
  ["--schema", "Print the JSON schema of kiln files for your editor, and do nothing else"],
])}

The format of kiln files: docs/kiln-files.md`,
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
  const service = await chooseService(textFlag(values, "service"), context, project);
  const maker = await openMaker(service, context, project.dir);
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
        const rest = kept.length > 0 ? `; kept ${kept.join(", ")}, which you changed` : "";
        context.stderr.write(`${orphan.kilnFile}: removed ${removed.join(", ") || "nothing"}${rest}\n`);
      }
    }
    return { ...summary, failed: summary.failed + set.broken.length };
  } finally {
    display.end();
    await maker.close();
  }
}
