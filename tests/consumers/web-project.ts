import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createServer, type InlineConfig, type ViteDevServer } from "vite";
import { engineBuild } from "./game-page.ts";
import { mapOf, type PlainArt, type PlainTiles, writeArt, writeTiles } from "./web-art.ts";

const PACKAGE = fileURLToPath(new URL("../../plugins/web/", import.meta.url));
const TYPESCRIPT = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));
const GAME = fileURLToPath(new URL("web-game/", import.meta.url));

/** A web game in a folder of its own, with `@pixelkiln/web` built as it is published. */
export interface WebProject {
  dir: string;
  remove(): Promise<void>;
}

export const HERO: PlainArt = { name: "hero", size: 16, colors: ["#ff0000"] };
export const WALKER: PlainArt = { name: "walker", size: 16, colors: ["#00ff00", "#0000ff"], durationMs: 60 };
export const GROUND: PlainTiles = { name: "ground", tile: 8, columns: 2, colors: ["#111111", "#888888"] };

/** Makes a game with the art above, the tests' scripts and these packages (name -> folder in node_modules). */
export async function makeWebProject(
  main: string,
  packages: Readonly<Record<string, string>> = {},
): Promise<WebProject> {
  const dir = await mkdtemp(join(tmpdir(), "pixelkiln-web-"));
  const own = join(dir, "node_modules/@pixelkiln/web");
  await mkdir(own, { recursive: true });
  for (const name of ["package.json", "virtual.d.ts"]) await cp(join(PACKAGE, name), join(own, name));
  const build = [TYPESCRIPT, "-p", PACKAGE, "--outDir", join(own, "dist"), "--noCheck"];
  await promisify(execFile)(process.execPath, build);
  for (const [name, folder] of Object.entries(packages))
    await symlink(engineBuild(folder), join(dir, "node_modules", name));
  await cp(GAME, dir, { recursive: true });
  const head = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">`;
  const engine =
    main === "main-plain.js" ? '<script src="/node_modules/phaser/dist/phaser.min.js"></script>' : "";
  await writeFile(join(dir, "index.html"), `${head}${engine}<script type="module" src="/${main}"></script>`);
  await writeFile(join(dir, "package.json"), JSON.stringify({ type: "module", private: true }));
  await resetArt(dir);
  return { dir, remove: () => rm(dir, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Writes the first version of the art. */
export async function resetArt(dir: string): Promise<void> {
  await writeArt(dir, HERO);
  await writeArt(dir, WALKER);
  await writeTiles(dir, GROUND);
  const level = mapOf({ firstgid: 1, source: "ground.tsj" }, { tile: 8, gid: 2 });
  await writeFile(join(dir, "public/assets/level.tmj"), JSON.stringify(level));
}

/** The Vite config of such a game, with the plugin of the built package in it. */
export async function viteConfig(dir: string, options: Record<string, unknown> = {}): Promise<InlineConfig> {
  const { pixelkiln } = await import(join(dir, "node_modules/@pixelkiln/web/dist/web/src/vite/plugin.js"));
  return {
    root: dir,
    configFile: false,
    logLevel: "error",
    server: { host: "127.0.0.1", port: 0 },
    plugins: [pixelkiln(options)],
  };
}

/** Starts Vite's dev server for a game and gives its URL. */
export async function startVite(config: InlineConfig): Promise<{ vite: ViteDevServer; url: string }> {
  const vite = await createServer(config);
  await vite.listen();
  const url = vite.resolvedUrls?.local[0];
  if (url === undefined) throw new Error("Vite listens nowhere.");
  return { vite, url };
}
