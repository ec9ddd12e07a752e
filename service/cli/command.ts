/** What a command gets from its process. It is a parameter, so that nothing else reads globals. */
export interface CliContext {
  /** Arguments after the command's name. */
  args: string[];
  cwd: string;
  env: NodeJS.ProcessEnv;
  stdout: NodeJS.WritableStream;
  stderr: NodeJS.WritableStream & { isTTY?: boolean };
  /** Aborted at Ctrl-C or SIGTERM. */
  signal: AbortSignal;
}

/** One command of `pixelkiln`; the table in main.ts has its name and summary. */
export interface CliCommand {
  /** Gives its help; `args` are the other arguments beside --help. */
  help: (args: readonly string[]) => string;
  /** Gives the exit code: 0 done, 1 failed. Throws usage errors. */
  run: (context: CliContext) => Promise<number>;
}
