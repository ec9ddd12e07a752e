import { readFileSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { enableGodotPlugin } from "../../service/cli/add-godot.ts";
import { installFolder, readFolder } from "../../service/cli/install-folder.ts";
import { addToViteConfig } from "../../service/cli/vite-config.ts";
import { treeOf } from "../library/asset-setup.ts";
import { makeGame } from "../project/project-setup.ts";
import { runCli } from "./run-cli.ts";

const PLUGIN = "res://addons/pixelkiln/plugin.cfg";
const repository = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const HEAD = `; Engine configuration file.

config_version=5

[application]

config/name="Game"
config/features=PackedStringArray("4.6", "Forward Plus")

`;
const TAIL = `[rendering]

renderer/rendering_method="gl_compatibility"
`;

test.each([
  [
    "no section: it comes where Godot keeps it",
    "",
    `[editor_plugins]\n\nenabled=PackedStringArray("${PLUGIN}")\n\n`,
  ],
  [
    "another plugin stays",
    '[editor_plugins]\n\nenabled=PackedStringArray("res://addons/a (b)/plugin.cfg")\n\n',
    `[editor_plugins]\n\nenabled=PackedStringArray("res://addons/a (b)/plugin.cfg", "${PLUGIN}")\n\n`,
  ],
  [
    "an empty list",
    "[editor_plugins]\n\nenabled=PackedStringArray()\n\n",
    `[editor_plugins]\n\nenabled=PackedStringArray("${PLUGIN}")\n\n`,
  ],
  [
    "a section without a list",
    "[editor_plugins]\n\n",
    `[editor_plugins]\n\nenabled=PackedStringArray("${PLUGIN}")\n`,
  ],
])("a plugin is enabled and every other byte stays: %s", (_what, before, after) => {
  expect(enableGodotPlugin(HEAD + before + TAIL, PLUGIN)).toBe(HEAD + after + TAIL);
  const windows = (text: string): string => text.replaceAll("\n", "\r\n");
  expect(enableGodotPlugin(windows(HEAD + before + TAIL), PLUGIN)).toBe(windows(HEAD + after + TAIL));
});

test("an enabled plugin gives the same text; a list that is not Godot's own is left alone; an empty file is filled", () => {
  const done = enableGodotPlugin(HEAD + TAIL, PLUGIN) ?? "";
  expect(enableGodotPlugin(done, PLUGIN)).toBe(done);
  expect(enableGodotPlugin('[editor_plugins]\nenabled=PoolStringArray( "x" )\n', PLUGIN)).toBeNull();
  expect(enableGodotPlugin("", PLUGIN)).toBe(`[editor_plugins]\n\nenabled=PackedStringArray("${PLUGIN}")\n`);
  expect(enableGodotPlugin("config_version=5", PLUGIN)).toBe(
    `config_version=5\n\n[editor_plugins]\n\nenabled=PackedStringArray("${PLUGIN}")\n`,
  );
});

const IMPORT = 'import { pixelkiln } from "@pixelkiln/web/vite";\n';

test.each([
  ["export default {};\n", `${IMPORT}export default {\n  plugins: [pixelkiln()],\n};\n`],
  [
    'import { defineConfig } from "vite";\n\nexport default defineConfig({\n  base: "./",\n});\n',
    `import { defineConfig } from "vite";\n${IMPORT}\nexport default defineConfig({\n  plugins: [pixelkiln()],\n  base: "./",\n});\n`,
  ],
  [
    'import react from "x";\nexport default defineConfig({ plugins: [react()] });\n',
    `import react from "x";\n${IMPORT}export default defineConfig({ plugins: [pixelkiln(), react()] });\n`,
  ],
  ["export default { plugins: [] }", `${IMPORT}export default { plugins: [pixelkiln()] }`],
])("the Vite plugin comes into a usual configuration: %j", (before, after) => {
  expect(addToViteConfig(before)).toBe(after);
  expect(addToViteConfig(after)).toBe("there");
});

test.each([
  "export default defineConfig(({ command }) => ({ plugins: [] }));",
  "const config = { plugins: [] };\nexport default config;",
  "export default { build: { rollupOptions: { plugins: [] } } };",
  "export default { plugins: make() };",
  "const plugins = [a()];\nexport default { plugins };",
  "module.exports = { plugins: [] };",
])("an unusual configuration is left alone: %s", (text) => {
  expect(addToViteConfig(text)).toBeNull();
});

const filesOf = (...entries: [string, string][]) =>
  entries.map(([path, text]) => ({ path, bytes: Buffer.from(text) }));

test("a plugin is installed, brought up to date with what it dropped removed, and otherwise left alone", async () => {
  const game = makeGame();
  const target = game.at("addons/x");
  const install = (version: string, ...entries: [string, string][]) =>
    installFolder({ target, files: filesOf(...entries), version, force: false });
  expect(await install("1", ["plugin.gd", "one"], ["dock/old.gd", "old"])).toEqual({
    added: ["plugin.gd", "dock/old.gd"],
    updated: [],
    removed: [],
  });
  const before = treeOf(game.dir);
  expect(await install("1", ["plugin.gd", "one"], ["dock/old.gd", "old"])).toEqual({
    added: [],
    updated: [],
    removed: [],
  });
  expect(treeOf(game.dir)).toEqual(before);
  expect(await install("2", ["plugin.gd", "two"], ["dock/new.gd", "new"])).toEqual({
    added: ["dock/new.gd"],
    updated: ["plugin.gd"],
    removed: ["dock/old.gd"],
  });
});

test("a file of a plugin that a person changed stops the whole update; force writes over it", async () => {
  const game = makeGame();
  const target = game.at("addons/x");
  const options = { target, version: "2", force: false };
  await installFolder({ ...options, files: filesOf(["a.gd", "one"], ["b.gd", "one"]) });
  game.write("addons/x/b.gd", "mine");
  game.write("addons/x/mine.gd", "mine");
  const before = treeOf(game.dir);
  const files = filesOf(["a.gd", "two"], ["b.gd", "two"]);
  await expect(installFolder({ ...options, files })).rejects.toMatchObject({
    code: "file-changed",
    message: expect.stringContaining("You changed b.gd, so nothing was written"),
  });
  expect(treeOf(game.dir)).toEqual(before);
  expect((await installFolder({ ...options, files, force: true })).updated).toEqual(["a.gd", "b.gd"]);
  expect(game.text("addons/x/mine.gd")).toBe("mine");
});

const addon = await readFolder(repository("plugins/godot/addons/pixelkiln")).catch(() => []);
if (addon.length === 0)
  console.warn("SKIPPED: pixelkiln add godot, because the addon is not in this tree yet.");

test.skipIf(addon.length === 0)(
  "add godot copies the addon, enables it, and the second time has nothing to do",
  async () => {
    const game = makeGame();
    game.write("project.godot", HEAD + TAIL);
    const first = await runCli(["add", "godot"], { cwd: game.dir });
    expect([first.code, first.stderr]).toEqual([0, ""]);
    expect(first.stdout).toContain(`addons/pixelkiln: ${addon.length} files added`);
    expect(first.stdout).toContain(`project.godot: enabled ${PLUGIN}`);
    for (const { path, bytes } of addon)
      expect(readFileSync(game.at(`addons/pixelkiln/${path}`)).equals(bytes), path).toBe(true);
    const before = treeOf(game.dir);
    const second = await runCli(["add", "godot", game.dir], { cwd: "/" });
    expect(second.stdout).toBe("nothing to do: the plugin is installed and up to date\n");
    expect(treeOf(game.dir)).toEqual(before);
  },
);

const web = await readFolder(repository("plugins/web")).catch(() => []);
if (web.length === 0)
  console.warn("SKIPPED: pixelkiln add vite, because the package is not in this tree yet.");

test.skipIf(web.length === 0)(
  "add phaser puts the compiled package, the dependency and the plugin into a Vite game",
  async () => {
    const game = makeGame();
    game.write(
      "package.json",
      '{\n\t"name": "game",\n\t"dependencies": { "phaser": "^4.0.0", "vite": "^8.0.0" }\n}\n',
    );
    const first = await runCli(["add", "phaser"], { cwd: game.dir });
    expect([first.code, first.stderr]).toEqual([0, ""]);
    expect(first.stdout).toContain("run npm install");
    expect(first.stdout).toContain("this.load.pixelkiln(");
    expect(JSON.parse(game.text("package.json")).dependencies["@pixelkiln/web"]).toBe(
      "file:vendor/pixelkiln-web",
    );
    expect(game.text("package.json")).toContain('\n\t"name"');
    expect(game.text("vite.config.js")).toContain("plugins: [pixelkiln()]");
    const shipped = JSON.parse(game.text("vendor/pixelkiln-web/package.json")) as {
      exports: Record<string, string | { types: string }>;
    };
    const tree = treeOf(game.at("vendor/pixelkiln-web"));
    for (const target of Object.values(shipped.exports)) {
      const path = typeof target === "string" ? target : target.types;
      expect(Object.keys(tree)).toContain(path.replace("./", ""));
    }
    const before = treeOf(game.dir);
    const second = await runCli(["add", "phaser"], { cwd: game.dir });
    expect(second.stdout).toContain("nothing to do: the plugin is installed and up to date");
    expect(treeOf(game.dir)).toEqual(before);
  },
);

test.skipIf(web.length === 0)("add says which packages the game lacks", async () => {
  const game = makeGame();
  game.write("package.json", '{ "name": "game" }\n');
  const phaser = await runCli(["add", "phaser"], { cwd: game.dir });
  expect(phaser.stdout).toContain("-> this game does not use Vite");
  expect(phaser.stdout).toContain("-> run npm install phaser\n");
  expect(phaser.stdout).toContain("src/main.js");
  const vite = await runCli(["add", "vite"], { cwd: game.dir });
  expect(vite.stdout).toContain("-> run npm install -D vite\n");
  expect(vite.stdout).not.toContain("phaser");
});

test("a folder without the game that a plugin is for, and a plugin that is none, are usage errors", async () => {
  const game = makeGame();
  for (const [args, field] of [
    [["add", "godot"], "folder"],
    [["add", "vite"], "folder"],
    [["add", "unity"], "plugin"],
    [["add"], "plugin"],
  ] as const) {
    const { code, stderr } = await runCli([...args], { cwd: game.dir });
    expect([code, stderr.startsWith(`pixelkiln: ${field}: got`)]).toEqual([2, true]);
  }
  rmSync(game.dir, { recursive: true });
});
