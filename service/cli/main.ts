import { invalidParameter, ServiceError, toProblem } from "../../shared/errors.ts";
import { packageInfo } from "../package-info.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { columns } from "./usage.ts";

/** Every command that belongs to no kind. Its code is loaded on demand: --version must not wait for image libraries. */
const COMMANDS: readonly { name: string; summary: string; load: () => Promise<CliCommand> }[] = [
  {
    name: "serve",
    summary: "runs the service and the studio page",
    load: async () => (await import("./serve.ts")).serveCommand,
  },
  {
    name: "edit",
    summary: "edits a picture with one of the edit tools",
    load: async () => (await import("./edit.ts")).editCommand,
  },
  {
    name: "build",
    summary: "builds the *.kiln.json files of a game that are out of date",
    load: async () => (await import("./build.ts")).buildCommand,
  },
  {
    name: "watch",
    summary: "rebuilds them when they change, and runs the service and the studio page",
    load: async () => (await import("./watch.ts")).watchCommand,
  },
  {
    name: "add",
    summary: "adds the Godot, Vite or Phaser plugin to a game",
    load: async () => (await import("./add.ts")).addCommand,
  },
  {
    name: "models",
    summary: "lists the installed models",
    load: async () => (await import("./models.ts")).modelsCommand,
  },
  {
    name: "gpu",
    summary: "says what graphics cards can do here, and installs what an NVIDIA card needs",
    load: async () => (await import("./gpu.ts")).gpuCommand,
  },
  {
    name: "doctor",
    summary: "checks what works on this machine and says how to fix the rest",
    load: async () => (await import("./doctor.ts")).doctorCommand,
  },
  {
    name: "demo",
    summary: "draws twelve sprites and a contact sheet into ./out",
    load: async () => (await import("./demo.ts")).demoCommand,
  },
];
const EXIT = { failed: 1, usage: 2, interrupted: 130 } as const;
/** Errors that the user can fix by typing a different command. */
const USAGE_CODES: readonly string[] = [
  "invalid-request",
  "invalid-image",
  "ignored-parameter",
  "malformed-json",
];

process.exitCode = await main(process.argv.slice(2));

async function main(argv: string[]): Promise<number> {
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort(new ServiceError("cancelled", "Interrupted."));
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  process.stdout.on("error", reportLostOutput);
  const { stdout, stderr, env } = process;
  const { signal } = interruption;
  try {
    return await dispatch(argv, { cwd: process.cwd(), env, stdout, stderr, signal });
  } catch (error) {
    if (signal.aborted) return EXIT.interrupted;
    for (const line of errorLines(error)) stderr.write(`pixelkiln: ${line}\n`);
    // A program that reads JSON gets it for an error too, in the form that the service answers.
    if (argv.includes("--json")) stdout.write(`${JSON.stringify(toProblem(error), null, 2)}\n`);
    return error instanceof ServiceError && USAGE_CODES.includes(error.code) ? EXIT.usage : EXIT.failed;
  } finally {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  }
}

async function dispatch(argv: string[], context: Omit<CliContext, "args">): Promise<number> {
  const [name, ...args] = argv;
  const { stdout } = context;
  if (name === "--version" || name === "-v") {
    stdout.write(`${packageInfo().version}\n`);
    return 0;
  }
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    stdout.write(`${await overview()}\n`);
    return name === undefined ? EXIT.usage : 0;
  }
  const command = await findCommand(name);
  if (args.includes("--help") || args.includes("-h")) {
    stdout.write(`${command.help(args)}\n`);
    return 0;
  }
  return command.run({ ...context, args });
}

/** A reader that stops early ("| head") is not an error; output that nobody will read, such as on a full disk, is. */
function reportLostOutput(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") return;
  process.stderr.write(`pixelkiln: The output could not be written (${error.code}).\n`);
  process.exit(EXIT.failed);
}

/** Finds a command of the table, or the kind whose verb it is. */
async function findCommand(name: string): Promise<CliCommand> {
  const entry = COMMANDS.find((one) => one.name === name);
  if (entry) return entry.load();
  const { KINDS } = await import("../kinds/table.ts");
  const kind = KINDS.find(({ verb }) => verb === name);
  if (kind) return (await import("./kind-command.ts")).createKindCommand(kind);
  const names = [...KINDS.map(({ verb }) => verb), ...COMMANDS.map((one) => one.name)];
  throw invalidParameter("command", name, `one of ${names.join(", ")}`);
}

async function overview(): Promise<string> {
  const { KINDS } = await import("../kinds/table.ts");
  const kinds = KINDS.map(
    ({ verb, summary }) =>
      [`pixelkiln ${verb}`, summary.toLowerCase().slice(0, 1) + summary.slice(1)] as const,
  );
  const others = COMMANDS.map(({ name, summary }) => [`pixelkiln ${name}`, summary] as const);
  return `pixelkiln: true pixel art from a prompt, straight into your game

${columns([...kinds, ...others])}

Help on one command: pixelkiln COMMAND --help. Version: pixelkiln --version`;
}

/** One line per wrong field, or else one for the error. An error that is not ours is shown with its stack. */
function errorLines(error: unknown): string[] {
  if (!(error instanceof ServiceError))
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  if (error.errors.length === 0 || error.code === "file-changed") return [error.message];
  // A list is one flag here, so the place of a wrong item says nothing.
  return error.errors.map(
    ({ field, got, expected }) => `${field.replace(/\.\d+$/, "")}: got ${got}, expected ${expected}`,
  );
}
