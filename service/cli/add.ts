import { resolve } from "node:path";
import { describeValue, invalidParameter } from "../../shared/errors.ts";
import { type AddReport, addGodot } from "./add-godot.ts";
import { addPhaser, addVite } from "./add-web.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { columns, readArguments } from "./usage.ts";

const PLUGINS: Readonly<Record<string, (game: string, options: { force: boolean }) => Promise<AddReport>>> = {
  godot: addGodot,
  vite: addVite,
  phaser: addPhaser,
};

/** `pixelkiln add godot|vite|phaser [DIR]`. */
export const addCommand: CliCommand = {
  help: () => `pixelkiln add godot|vite|phaser [FOLDER] [--force]

Puts a plugin into a game that is there, says each thing that it changed, and what is left to do. Once more brings it up
to date. A file that you changed is never overwritten: it is named, and nothing is written.

${columns([
  ["godot", "Copies the addon into addons/pixelkiln and enables it in project.godot"],
  ["vite", "Copies the package @pixelkiln/web, makes it a dependency, adds its plugin to vite.config"],
  ["phaser", "The same, and prints the lines for the game"],
  ["--force", "Write over files of the plugin that were changed, too"],
])}`,
  run,
};

async function run(context: CliContext): Promise<number> {
  const { values, positionals } = readArguments(context.args, { force: { type: "boolean" } }, { most: 2 });
  const [name, folder = "."] = positionals;
  const add = name !== undefined && Object.hasOwn(PLUGINS, name) ? PLUGINS[name] : undefined;
  if (!add) throw invalidParameter("plugin", describeValue(name), Object.keys(PLUGINS).join(", "));
  const { done, todo } = await add(resolve(context.cwd, folder), { force: values.force === true });
  for (const line of done) context.stdout.write(`${line}\n`);
  if (done.length === 0) context.stdout.write("nothing to do: it is there and up to date\n");
  for (const line of todo) context.stdout.write(`-> ${line}\n`);
  return 0;
}
