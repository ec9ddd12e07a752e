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

Adds a plugin to an existing game, and lists every change and what is left for you to do. Run it again to update the
plugin. Files that you changed are never overwritten: they are listed, and nothing is written.

${columns([
  ["godot", "Copies the addon to addons/pixelkiln and enables it in project.godot"],
  ["vite", "Copies the @pixelkiln/web package, adds it as a dependency and its plugin to vite.config"],
  ["phaser", "Does the same, and prints the code for your game"],
  ["--force", "Overwrite plugin files even if you changed them"],
])}`,
  run,
};

async function run(context: CliContext): Promise<number> {
  const { values, positionals } = readArguments(context.args, { force: { type: "boolean" } }, { most: 2 });
  const [name, folder = "."] = positionals;
  const add = name !== undefined && Object.hasOwn(PLUGINS, name) ? PLUGINS[name] : undefined;
  if (!add)
    throw invalidParameter("plugin", describeValue(name), `one of ${Object.keys(PLUGINS).join(", ")}`);
  const { done, todo } = await add(resolve(context.cwd, folder), { force: values.force === true });
  for (const line of done) context.stdout.write(`${line}\n`);
  if (done.length === 0) context.stdout.write("nothing to do: the plugin is installed and up to date\n");
  for (const line of todo) context.stdout.write(`-> ${line}\n`);
  return 0;
}
