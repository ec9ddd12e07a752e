import { setTimeout as sleep } from "node:timers/promises";
import { ServiceError } from "../../shared/errors.ts";
import { watchKilnFiles } from "../project/watch-kiln-files.ts";
import { createBuildDisplay, summaryLine } from "./build-display.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { findService } from "./find-service.ts";
import { type ChosenService, chooseService, openMaker } from "./open-maker.ts";
import { type OpenedProject, openProject } from "./open-project.ts";
import { readPort } from "./serve.ts";
import { columns, readArguments, textFlag } from "./usage.ts";

const FLAGS = { port: { type: "string" }, service: { type: "string" } } as const;
/** A service that holds the project's lock is about to listen. */
const FIND_ATTEMPTS = 40;
const FIND_PAUSE_MS = 250;

/** `pixelkiln watch [DIR]`. */
export const watchCommand: CliCommand = {
  help: () => `pixelkiln watch [FOLDER] [flags]

Makes every *.kiln.json below a folder as pixelkiln build does, and each one again when it, a picture that it names, or
pixelkiln.config.json changes, until Ctrl-C. The service of the project draws: the one that runs, or one that is started
here, so that the studio page and the plugins of the engines are connected.

${columns([
  ["--port N", "Port of the service that is started; the default is 7878, or a free one where that is taken"],
  ["--service URL", "Let this service draw; also PIXELKILN_URL"],
])}`,
  run,
};

async function run(context: CliContext): Promise<number> {
  const { values, positionals } = readArguments(context.args, FLAGS, { most: 1 });
  const [folder] = positionals;
  const project = await openProject(folder, context.cwd);
  const { signal, stdout, stderr } = context;
  const found = await chooseService(textFlag(values, "service"), context, project);
  const own = found ? null : await startOwn(context, project, readPort(textFlag(values, "port")));
  const service = found ?? own?.service ?? null;
  if (service === null) return 0;
  const display = createBuildDisplay(context);
  try {
    stdout.write(`${own?.close ? "Pixelkiln listens at" : "Using the service at"} ${service.url}\n`);
    await watchKilnFiles({
      asked: project.asked,
      project,
      maker: await openMaker(service, context),
      signal,
      report: display.report,
      reopen: () => openProject(folder, context.cwd),
      onReady: (summary) => stdout.write(`${summaryLine(summary)}; watching, Ctrl-C ends\n`),
      onOrphan: display.orphan,
      log: (message) => void stderr.write(`${message}\n`),
    });
  } finally {
    display.end();
    await own?.close?.();
  }
  return 0;
}

interface OwnService {
  service: ChosenService;
  /** Absent: it is another process after all. */
  close?: () => Promise<void>;
}

/** Starts the service of the project in this process; one that was faster is used instead. */
async function startOwn(
  context: CliContext,
  project: OpenedProject,
  port: number | undefined,
): Promise<OwnService> {
  const { startService } = await import("../compose.ts");
  // Beside the lines of the watcher only what went wrong is worth one.
  const log = (message: string, fields: Record<string, unknown> = {}): void => {
    if ("error" in fields || context.env.PIXELKILN_LOG === "debug")
      context.stderr.write(`${JSON.stringify({ message, ...fields })}\n`);
  };
  const options = { project: project.dir, env: context.env, log };
  try {
    const running = await startService({ ...options, port }).catch((error) => {
      if (port !== undefined || context.env.PIXELKILN_PORT || !isPortTaken(error)) throw error;
      return startService({ ...options, port: 0 });
    });
    return { service: { url: running.url, isTrusted: true }, close: () => running.close() };
  } catch (error) {
    if (!(error instanceof ServiceError && error.code === "already-running")) throw error;
    for (let attempt = 0; attempt < FIND_ATTEMPTS; attempt++) {
      const url = await findService(project.dir);
      if (url !== null) return { service: { url, isTrusted: true } };
      await sleep(FIND_PAUSE_MS, undefined, { signal: context.signal });
    }
    throw error;
  }
}

function isPortTaken(error: unknown): boolean {
  return error instanceof ServiceError && (error.cause as NodeJS.ErrnoException)?.code === "EADDRINUSE";
}
