import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const ADDON = fileURLToPath(new URL("../../../plugins/godot/addons/pixelkiln", import.meta.url));
const DRIVER = fileURLToPath(new URL("driver", import.meta.url));

/** An editor whose plugin does not parse never ends by itself. */
const LONGEST_RUN_MS = 570_000;

const PROJECT = `config_version=5

[application]

config/name="addon test"

[editor_plugins]

enabled=PackedStringArray("res://addons/pixelkiln/plugin.cfg", "res://addons/driver/plugin.cfg")
`;

/** A game with the addon and the driver in it. */
export interface GodotProject {
  dir: string;
  remove(): Promise<void>;
}

/** Makes a game in a temporary folder with the addon enabled; `files` are further files of it. */
export async function godotProject(files: Record<string, string> = {}): Promise<GodotProject> {
  const dir = await mkdtemp(join(tmpdir(), "pixelkiln-addon-"));
  await mkdir(join(dir, "addons"));
  await cp(ADDON, join(dir, "addons/pixelkiln"), { recursive: true });
  await cp(DRIVER, join(dir, "addons/driver"), { recursive: true });
  for (const [path, text] of Object.entries({ "project.godot": PROJECT, ...files })) {
    await writeFile(join(dir, path), text);
  }
  return { dir, remove: () => rm(dir, { recursive: true, force: true, maxRetries: 5 }) };
}

export interface EditorRun {
  godot: string;
  project: string;
  scenario: string;
  env: Record<string, string>;
  /** Further arguments for the driver, behind "--". */
  args?: string[];
  /** What the driver may ask for, by the word it asks with. */
  answers?: Record<string, () => Promise<unknown>>;
  windowed?: boolean;
}

/** What a run of the editor left. */
export interface EditorResult {
  output: string;
  report: Record<string, unknown>;
  /** Times at which the driver asked, by word: ms since 1970. */
  asked: { word: string; at: number }[];
}

/** Runs a scenario of the driver in the editor until it quits. Throws when it does not, or leaves no report. */
export async function runEditor(run: EditorRun): Promise<EditorResult> {
  const home = join(run.project, ".home");
  const child = spawn(run.godot, editorArguments(run), {
    env: {
      ...process.env,
      HOME: home,
      XDG_DATA_HOME: home,
      XDG_CONFIG_HOME: home,
      XDG_CACHE_HOME: home,
      ...run.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const limit = setTimeout(() => child.kill("SIGKILL"), LONGEST_RUN_MS);
  const asked: EditorResult["asked"] = [];
  const failures: unknown[] = [];
  const lines: string[] = [];
  const pending: Promise<unknown>[] = [];
  listen(child, (line) => {
    lines.push(line);
    // A broken script leaves an editor that waits for ever.
    if (line.includes("SCRIPT ERROR")) setTimeout(() => child.kill("SIGKILL"), 2_000).unref();
    const word = /^@@ (.+)$/.exec(line)?.[1];
    if (word === undefined) return;
    asked.push({ word, at: Date.now() });
    const answer = run.answers?.[word];
    if (answer) pending.push(answer().catch((error) => failures.push(error)));
  });
  const [code] = await once(child, "close");
  clearTimeout(limit);
  await Promise.all(pending);
  const output = lines.join("\n");
  if (failures.length > 0) throw new AggregateError(failures, `The test could not do its part:\n${output}`);
  if (code !== 0) throw new Error(`The editor ended with ${code}:\n${output}`);
  const report = JSON.parse(await readFile(join(run.project, "report.json"), "utf8"));
  return { output, report, asked };
}

/** Lines that a good run does not print. A headless editor cannot draw the thumbnail of a scene, and says so. */
export function complaintsOf(output: string): string[] {
  return output
    .split("\n")
    .filter((line) => /ERROR|WARNING|Parse Error/.test(line) && !line.includes('Parameter "t" is null'));
}

function editorArguments({ project, scenario, args = [], windowed = false }: EditorRun): string[] {
  const display = windowed ? [] : ["--headless"];
  return [...display, "--editor", "--path", project, "--", `--scenario=${scenario}`, ...args];
}

function listen(child: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream) createInterface({ input: stream }).on("line", onLine);
  }
}
