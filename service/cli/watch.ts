import { setTimeout as sleep } from "node:timers/promises";
import { ServiceError } from "../../shared/errors.ts";
import { watchKilnFiles } from "../project/watch-kiln-files.ts";
import { createLog } from "../service-log.ts";
import { createBuildDisplay, summaryLine } from "./build-display.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { findService } from "./find-service.ts";
import { type ChosenService, chooseService, openMaker } from "./open-maker.ts";
import { type OpenedProject, openProject } from "./open-project.ts";
import { readPort } from "./serve.ts";
import { columns, readArguments, textFlag } from "./usage.ts";

const FLAGS = { port: { type: "string" }, service: { type: "string" } } as const;
/** How often to look for a service that has the project's lock but is not listening yet. */
const FIND_ATTEMPTS = 40;
const FIND_PAUSE_MS = 250;

/** `pixelkiln watch [DIR]`. */
export const watchCommand: CliCommand = {
  help: () => `pixelkiln watch [FOLDER] [flags]

Builds every *.kiln.json under a folder, as pixelkiln build does, and rebuilds each one when it, a picture it uses or
pixelkiln.config.json changes, until you press Ctrl-C. The project's service does the drawing: the one already running,
or one that watch starts, so that the studio page and the engine plugins stay connected.

${columns([
  ["--port N", "Port of the service that watch starts; default: 7878, or a free one if that is in use"],
  ["--service URL", "Use this service (or set PIXELKILN_URL)"],
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
  const ended = own?.lost ? AbortSignal.any([signal, own.lost]) : signal;
  const display = createBuildDisplay(context);
  try {
    stdout.write(`${own?.close ? "Pixelkiln listens at" : "Using the service at"} ${service.url}\n`);
    await watchKilnFiles({
      asked: project.asked,
      project,
      maker: await openMaker(service, context, project.dir),
      signal: ended,
      report: display.report,
      reopen: () => openProject(folder, context.cwd),
      onReady: (summary) => stdout.write(`${summaryLine(summary)}; watching, press Ctrl-C to stop\n`),
      onOrphan: display.orphan,
      log: (message) => void stderr.write(`${message}\n`),
    });
  } finally {
    display.end();
    await own?.close?.();
  }
  return own?.lost?.aborted ? 1 : 0;
}

interface OwnService {
  service: ChosenService;
  /** Absent if another process turned out to run it. */
  close?: () => Promise<void>;
  /** Aborted when this service cannot go on. */
  lost?: AbortSignal;
}

/** Starts the project's service in this process, or uses one that was started at the same time. */
async function startOwn(
  context: CliContext,
  project: OpenedProject,
  port: number | undefined,
): Promise<OwnService> {
  const { startService } = await import("../compose.ts");
  // Among the watcher's lines, only troubles of the service are worth showing.
  const log = createLog({ ...context, least: "warn" });
  const options = { project: project.dir, env: context.env, log };
  try {
    const running = await startService({ ...options, port }).catch((error) => {
      if (port !== undefined || context.env.PIXELKILN_PORT || !isPortTaken(error)) throw error;
      return startService({ ...options, port: 0 });
    });
    return {
      service: { url: running.url, isTrusted: true },
      close: () => running.close(),
      lost: running.lost,
    };
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
