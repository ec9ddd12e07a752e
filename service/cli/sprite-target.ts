import { stat } from "node:fs/promises";
import { basename, dirname, extname, resolve } from "node:path";
import { describeValue, invalidParameter } from "../../shared/errors.ts";
import { ENGINES, SafeName } from "../../shared/requests.ts";
import { detectEngines, folderInProject } from "../project/detect-engines.ts";
import { safeName } from "../words/safe-name.ts";

/** Where an asset goes, and for which engines. */
export interface SpriteTarget {
  /** Absolute folder; created if it is missing. */
  folder: string;
  /** File stem. */
  name: string;
  engines: (typeof ENGINES)[number][];
  /** The folder relative to its game; "" for its root or without a game. */
  projectFolder: string;
}

/**
 * Reads `-o` and `--engine`. Without `-o`, the prompt names a PNG in the current folder; if `-o` is a folder (one that
 * exists, or a path without an ending or with a slash at its end), in that folder. Engines are those asked for, else those of the game.
 */
export async function readTarget(given: {
  output: string | undefined;
  engine: string | undefined;
  prompt: string;
  cwd: string;
}): Promise<SpriteTarget> {
  const { folder, name } = await readOutput(given.output, given.prompt, given.cwd);
  const project = await detectEngines(folder);
  const engines = given.engine === undefined ? project.engines : readEngines(given.engine);
  return { folder, name, engines, projectFolder: folderInProject(folder, project) };
}

async function readOutput(
  output: string | undefined,
  prompt: string,
  cwd: string,
): Promise<{ folder: string; name: string }> {
  if (output === undefined) return { folder: cwd, name: safeName(prompt) };
  const path = resolve(cwd, output);
  const isFolder = /[/\\]$/.test(output) || extname(path) === "";
  if (isFolder || (await stat(path).catch(() => null))?.isDirectory())
    return { folder: path, name: safeName(prompt) };
  if (extname(path).toLowerCase() !== ".png")
    throw invalidParameter("output", describeValue(output), "a file name that ends in .png, or a folder");
  const name = basename(path).slice(0, -".png".length);
  if (SafeName.safeParse(name).success) return { folder: dirname(path), name };
  throw invalidParameter(
    "output",
    describeValue(basename(path)),
    `a name of a-z, 0-9, - and _, such as ${safeName(name)}.png`,
  );
}

function readEngines(text: string): SpriteTarget["engines"] {
  const names = text.split(",").map((name) => name.trim());
  return names.map((name) => {
    const engine = ENGINES.find((known) => known === name);
    if (engine) return engine;
    throw invalidParameter("engine", describeValue(name), `one or more of ${ENGINES.join(",")}`);
  });
}

/** Shows a path relative to the current folder if it is inside. */
export function shownPath(path: string, cwd: string): string {
  return path.startsWith(`${cwd}/`) ? path.slice(cwd.length + 1) : path;
}
