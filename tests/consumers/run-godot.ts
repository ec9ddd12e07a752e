import { execFile } from "node:child_process";
import { join } from "node:path";

/** What makes a folder a Godot project. */
export const GODOT_PROJECT = `config_version=5

[application]

config/name="consumer test"
`;

/** Runs Godot without a window on a project and gives what it printed; a failing exit code throws with that. */
export function runGodot(godot: string, project: string, args: string[]): Promise<string> {
  // A script with an error never lets Godot exit, hence the limit; its home is the project's own.
  const home = join(project, ".home");
  const env = {
    ...process.env,
    HOME: home,
    XDG_DATA_HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_CACHE_HOME: home,
  };
  return new Promise((resolve, reject) => {
    const options = { env, timeout: 130_000, killSignal: "SIGKILL" as const, maxBuffer: 16 * 1024 * 1024 };
    execFile(godot, ["--headless", "--path", project, ...args], options, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`;
      if (error) reject(new Error(`Godot ${args[0]} ended with ${error.message}\n${output}`));
      else resolve(output);
    });
  });
}
