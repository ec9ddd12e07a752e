/** What a command gets from the process it runs in: a parameter, so that nothing else reads globals. */
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

/** One command of `pixelkiln`; its name and summary stand in the table of main.ts. It returns its exit code: 0 done, 1 failed; usage errors are thrown. */
export interface CliCommand {
  help: () => string;
  run: (context: CliContext) => Promise<number>;
}
