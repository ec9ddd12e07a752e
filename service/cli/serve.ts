import { once } from "node:events";
import { resolve } from "node:path";
import { invalidParameter } from "../../shared/errors.ts";
import { createLog } from "../service-log.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { columns, readArguments, textFlag } from "./usage.ts";

/** `pixelkiln serve`. */
export const serveCommand: CliCommand = {
  help: () => `pixelkiln serve [--project FOLDER] [--port 7878] [--host 127.0.0.1]

Runs the service until you press Ctrl-C. Unfinished jobs run again at the next start.

${columns([
  ["--project FOLDER", "Your game, where output goes; default: the current folder"],
  ["--port N", "0 picks any free port"],
  ["--host ADDRESS", "Anything but loopback needs a token in PIXELKILN_TOKEN"],
])}

PIXELKILN_LOG=debug also logs what the worker processes print. PIXELKILN_INSPECT=PORT lets a debugger attach to them.`,
  run,
};

async function run(context: CliContext): Promise<number> {
  const flags = { project: { type: "string" }, port: { type: "string" }, host: { type: "string" } } as const;
  const { values } = readArguments(context.args, flags, { most: 0 });
  const project = textFlag(values, "project");
  const { startService } = await import("../compose.ts");
  const service = await startService({
    project: project === undefined ? undefined : resolve(context.cwd, project),
    host: textFlag(values, "host"),
    port: readPort(textFlag(values, "port")),
    env: context.env,
    log: createLog(context),
  });
  context.stdout.write(`Pixelkiln listens at ${service.url}\nStudio: ${service.url}/\n`);
  const ended = AbortSignal.any([context.signal, service.lost]);
  if (!ended.aborted) await once(ended, "abort");
  await service.close();
  // The log has said why.
  return service.lost.aborted ? 1 : 0;
}

/** Reads a port. Throws a usage error for anything else. */
export function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65535) return port;
  throw invalidParameter("port", text, "a number from 0 to 65535");
}
