import { execFile } from "node:child_process";
import { access, mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { invalidParameter, ServiceError } from "../../shared/errors.ts";
import { KILN_CONFIG } from "../../shared/kiln-file.ts";
import { jsonBytes } from "../library/disk.ts";
import { packageInfo } from "../package-info.ts";
import type { AddReport } from "./add-godot.ts";
import { type InstallOptions, installFolder, readFolder } from "./install-folder.ts";
import { addToViteConfig, VITE_LINES } from "./vite-config.ts";
import { writeWhole } from "./write-whole.ts";

const PACKAGE = "@pixelkiln/web";
/** Where the package goes: inside the game, so that a clone of the game needs nothing from this machine. */
const TARGET = "vendor/pixelkiln-web";
const CONFIGS = ["ts", "mts", "js", "mjs"].map((ending) => `vite.config.${ending}`);
/** Where the Vite plugin looks by default. Vite serves public/ as is. */
const ASSETS = "public/assets";

/** The code a game needs. Without Vite, its assets come from the service. */
function phaserLines(isVite: boolean): string {
  const source = isVite
    ? 'import { kiln } from "virtual:pixelkiln/assets";'
    : `import { connect } from "${PACKAGE}/sse";\n    const kiln = await connect({ assets: "assets" });`;
  return `in the game's first module, such as src/main.js:
    import { pixelkiln } from "${PACKAGE}/phaser";
    ${source}
    new Phaser.Game({ pixelArt: true, plugins: { global: [pixelkiln(kiln)] }, ... });
  in a scene:
    this.load.pixelkiln("hero");                      // preload
    this.add.pixelkilnSprite(80, 80, "hero");         // create`;
}

/** Copies the web package into a Vite game, makes it a dependency and adds its plugin to the config. */
export async function addVite(game: string, options: { force: boolean }): Promise<AddReport> {
  const report = await addPackage(game, options);
  await addConfig(game, report);
  await addKilnConfig(game, report);
  if (!(await dependsOn(game, "vite"))) report.todo.push("run npm install -D vite");
  return report;
}

/** Does the same for a Phaser game, and shows the code it needs. Without Vite, the game connects to the service itself. */
export async function addPhaser(game: string, options: { force: boolean }): Promise<AddReport> {
  const isVite = await usesVite(game);
  const report = isVite ? await addVite(game, options) : await addPackage(game, options);
  if (!isVite) {
    await addKilnConfig(game, report);
    report.todo.push(
      "this game does not use Vite: it gets its assets from the service; for a build without it, run npm install -D vite and this command again",
    );
  }
  if (!(await dependsOn(game, "phaser"))) report.todo.push("run npm install phaser");
  report.todo.push(phaserLines(isVite));
  return report;
}

async function addPackage(game: string, { force }: { force: boolean }): Promise<AddReport> {
  const path = join(game, "package.json");
  const text = await readFile(path, "utf8").catch(() => null);
  if (text === null) throw invalidParameter("folder", game, "a folder with a package.json");
  const { version } = packageInfo();
  const report: AddReport = { done: [], todo: [] };
  const files = await packageFiles();
  const { added, updated, removed } = await installFolder({
    target: join(game, TARGET),
    files,
    version,
    force,
  });
  if (added.length > 0) report.done.push(`${TARGET}: ${added.length} files added`);
  if (updated.length > 0) report.done.push(`${TARGET}: updated ${updated.join(", ")}`);
  if (removed.length > 0) report.done.push(`${TARGET}: removed ${removed.join(", ")}`);
  const changed = withDependency(text);
  if (changed === null) return report;
  await writeWhole(path, Buffer.from(changed));
  report.done.push(`package.json: added the dependency "${PACKAGE}": "file:${TARGET}"`);
  report.todo.push("run npm install");
  return report;
}

/** Adds the dependency to the text of a package.json, or gives null if it is there in some form. */
function withDependency(text: string): string | null {
  const json = JSON.parse(text.replace(/^\uFEFF/, "")) as Record<string, Record<string, string> | undefined>;
  const { dependencies = {}, devDependencies = {} } = json;
  if (PACKAGE in dependencies || PACKAGE in devDependencies) return null;
  const entries = Object.entries({ ...dependencies, [PACKAGE]: `file:${TARGET}` });
  const sorted = Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  const indent = /^[ \t]+(?=")/m.exec(text)?.[0] ?? "  ";
  const written =
    JSON.stringify({ ...json, dependencies: sorted }, null, indent) + (text.endsWith("\n") ? "\n" : "");
  return text.includes("\r\n") ? written.replaceAll("\n", "\r\n") : written;
}

async function addConfig(game: string, report: AddReport): Promise<void> {
  const name = await firstThere(game, CONFIGS);
  if (name === null) {
    const text = `import { pixelkiln } from "${PACKAGE}/vite";\nimport { defineConfig } from "vite";\n\nexport default defineConfig({ plugins: [pixelkiln()] });\n`;
    const made = (await firstThere(game, ["tsconfig.json"])) ? "vite.config.ts" : "vite.config.js";
    await writeWhole(join(game, made), Buffer.from(text));
    report.done.push(`${made}: created with the plugin`);
    return;
  }
  const text = await readFile(join(game, name), "utf8");
  const changed = addToViteConfig(text);
  if (changed === "there") return;
  if (changed === null) {
    report.todo.push(
      `${name}: not changed because its layout is unusual; add this yourself:\n    ${VITE_LINES.join("\n    ")}`,
    );
    return;
  }
  await writeWhole(join(game, name), Buffer.from(changed));
  report.done.push(`${name}: added the plugin`);
}

/** Kiln files may be anywhere, but what they make must be where a web page finds it. */
async function addKilnConfig(game: string, report: AddReport): Promise<void> {
  if (await firstThere(game, [KILN_CONFIG])) return;
  await writeWhole(join(game, KILN_CONFIG), jsonBytes({ output: ASSETS, engines: ["phaser"] }));
  report.done.push(`${KILN_CONFIG}: created, so that pixelkiln build writes to ${ASSETS}`);
}

async function usesVite(game: string): Promise<boolean> {
  return (await firstThere(game, CONFIGS)) !== null || dependsOn(game, "vite");
}

async function dependsOn(game: string, name: string): Promise<boolean> {
  const text = await readFile(join(game, "package.json"), "utf8").catch(() => "{}");
  const { dependencies, devDependencies } = JSON.parse(text.replace(/^\uFEFF/, ""));
  return name in { ...dependencies, ...devDependencies };
}

async function firstThere(folder: string, names: readonly string[]): Promise<string | null> {
  for (const name of names) {
    const found = await stat(join(folder, name)).catch(() => null);
    if (found?.isFile()) return name;
  }
  return null;
}

/** The files of the web package: what its package.json ships. In a clone they are compiled first. */
async function packageFiles(): Promise<InstallOptions["files"]> {
  const { root } = packageInfo();
  const source = join(root, "plugins/web");
  const text = await readFile(join(source, "package.json"), "utf8").catch(() => null);
  if (text === null)
    throw new ServiceError(
      "not-found",
      "This copy of Pixelkiln has no web package (plugins/web is missing): install Pixelkiln again.",
    );
  const shipped = (JSON.parse(text) as { files?: string[] }).files ?? [];
  const all = (await readFolder(source)).filter(({ path }) => !path.startsWith("dist/"));
  const kept = all.filter(
    ({ path }) => ["package.json", "README.md", "LICENSE"].includes(path) || isShipped(path, shipped),
  );
  return [...kept, ...(await distFiles(source))].sort((a, b) => (a.path < b.path ? -1 : 1));
}

function isShipped(path: string, shipped: readonly string[]): boolean {
  return shipped.some((entry) => path === entry || path.startsWith(`${entry}/`));
}

async function distFiles(source: string): Promise<InstallOptions["files"]> {
  const isClone = (await stat(join(source, "src")).catch(() => null)) !== null;
  const built = isClone ? await compile(source) : await readFolder(join(source, "dist"));
  return built.map(({ path, bytes }) => ({ path: `dist/${path}`, bytes }));
}

/** Compiles a clone's source into a temporary folder, because its dist/ may be out of date. */
async function compile(source: string): Promise<InstallOptions["files"]> {
  const out = await mkdtemp(join(tmpdir(), "pixelkiln-web-"));
  try {
    const compiler = join(
      dirname(createRequire(import.meta.url).resolve("typescript/package.json")),
      "bin/tsc",
    );
    await access(compiler);
    await promisify(execFile)(process.execPath, [compiler, "-p", source, "--outDir", out]);
    return await readFolder(out);
  } catch (cause) {
    throw new ServiceError(
      "internal",
      "plugins/web could not be compiled: run npm ci in your clone of Pixelkiln and try again.",
      { cause },
    );
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}
