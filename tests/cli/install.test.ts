import { execFile, spawn } from "node:child_process";
import {
  appendFile,
  cp,
  mkdir,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { inFolder } from "./run-cli.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const VERSION = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8")).version as string;

/** Makes a clone that has not been built. Its packages are a link to ours. */
async function makeClone(dir: string): Promise<string> {
  const clone = join(dir, "clone");
  const own = ["bin", "scripts", "service", "shared", "plugins", "models/embedded-v1", "models/wardrobe-v1"];
  for (const name of [...own, "package.json", "package-lock.json", "tsconfig.json"])
    await cp(join(ROOT, name), join(clone, name), { recursive: true });
  await symlink(join(ROOT, "node_modules"), join(clone, "node_modules"));
  return clone;
}

interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

function run(
  program: string,
  args: string[],
  options: { cwd: string; env?: Record<string, string> },
): Promise<Run> {
  const env = { ...process.env, PIXELKILN_DEVICE: "cpu", PIXELKILN_URL: "", ...options.env };
  const child = spawn(process.execPath, [program, ...args], { cwd: options.cwd, env });
  const result: Run = { code: null, stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    result.stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    result.stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ ...result, code }));
  });
}

/** Replaces text in a clone's file and sets its time back, so that only its content shows the change. */
async function replaceUnseen(file: string, from: string, to: string): Promise<void> {
  expect(to).toHaveLength(from.length);
  const { atime, mtime } = await stat(file);
  const text = await readFile(file, "utf8");
  expect(text).toContain(from);
  await writeFile(file, text.replace(from, to));
  await utimes(file, atime, mtime);
}

test("a link to the program of a clone that nobody built draws from the folder of a game", () =>
  inFolder(async (dir) => {
    const clone = await makeClone(dir);
    const game = join(dir, "game");
    await mkdir(game);
    // What `npm install -g .` makes from a folder.
    await symlink(join(clone, "bin/pixelkiln.mjs"), join(dir, "pixelkiln"));
    const drawn = await run(join(dir, "pixelkiln"), ["sprite", "red gem", "--seed", "1", "-o", "gem.png"], {
      cwd: game,
    });
    expect(drawn).toMatchObject({ code: 0, stdout: expect.stringContaining("gem.png  32x32") });
    expect(await readdir(game)).toContain("gem.png");
    expect((await readdir(join(clone, "dist"))).sort()).toEqual([
      expect.stringMatching(/^service-/),
      "service.json",
    ]);
  }));

test("two first starts at the same time both work, and leave one build", () =>
  inFolder(async (dir) => {
    const clone = await makeClone(dir);
    const program = join(clone, "bin/pixelkiln.mjs");
    const runs = await Promise.all([1, 2].map(() => run(program, ["--version"], { cwd: dir })));
    for (const one of runs) expect(one).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: "" });
    expect(await readdir(join(clone, "dist"))).toHaveLength(2);
  }));

test("two first starts without packages install them once", () =>
  inFolder(async (dir) => {
    const clone = await makeClone(dir);
    await rm(join(clone, "node_modules"));
    // Replaces npm, which would need the network: it takes a while and creates the packages.
    const npm = join(dir, "npm.js");
    const packages = JSON.stringify(join(ROOT, "node_modules"));
    await writeFile(
      npm,
      `const { appendFileSync, mkdirSync, readdirSync, symlinkSync } = require("node:fs");
appendFileSync(${JSON.stringify(join(dir, "runs.txt"))}, process.argv.slice(2).join(" ") + "\\n");
Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2000);
mkdirSync("node_modules");
for (const name of readdirSync(${packages}).filter((one) => !one.startsWith("."))) symlinkSync(${packages} + "/" + name, "node_modules/" + name);`,
    );
    const program = join(clone, "bin/pixelkiln.mjs");
    const env = { npm_execpath: npm };
    const runs = await Promise.all([1, 2].map(() => run(program, ["--version"], { cwd: dir, env })));
    for (const one of runs) expect(one).toMatchObject({ code: 0, stdout: `${VERSION}\n` });
    expect(await readFile(join(dir, "runs.txt"), "utf8")).toMatch(/^ci .*\n$/);
    expect(runs.map(({ stderr }) => stderr).join("")).toContain(
      "installing the packages of package-lock.json",
    );
  }));

test("a changed source is built before it runs, and one that cannot be built does not run as it was", () =>
  inFolder(async (dir) => {
    const clone = await makeClone(dir);
    const program = join(clone, "bin/pixelkiln.mjs");
    const main = join(clone, "service/cli/main.ts");
    const help = async () => (await run(program, ["--help"], { cwd: dir })).stdout;
    expect(await help()).toContain("lists the installed models");
    await replaceUnseen(main, "lists the installed models", "lists the installed MODELS");
    expect(await help()).toContain("lists the installed MODELS");
    await replaceUnseen(main, "lists the installed MODELS", "lists the installed models");
    expect(await help()).toContain("lists the installed models");
    await appendFile(main, "\nconst = 1;\n");
    const broken = await run(program, ["--help"], { cwd: dir });
    expect(broken).toMatchObject({ code: 1, stdout: "" });
    expect(broken.stderr).toContain("main.ts");
  }));

test("PIXELKILN_SOURCE=1 runs the sources and builds nothing", () =>
  inFolder(async (dir) => {
    const clone = await makeClone(dir);
    const env = { PIXELKILN_SOURCE: "1" };
    const result = await run(join(clone, "bin/pixelkiln.mjs"), ["--version"], { cwd: dir, env });
    expect(result).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: "" });
    expect(await readdir(clone)).not.toContain("dist");
  }));

test("the packed files run without the sources, and no source or map is among them", () =>
  inFolder(async (dir) => {
    const clone = await makeClone(dir);
    await run(join(clone, "bin/pixelkiln.mjs"), ["--version"], { cwd: dir });
    const pack = ["pack", "--dry-run", "--json", "--ignore-scripts"];
    const { stdout } = await promisify(execFile)("npm", pack, { cwd: clone });
    const paths =
      (JSON.parse(stdout) as { files: { path: string }[] }[])[0]?.files.map(({ path }) => path) ?? [];
    expect(paths.filter((path) => /\.map$|^(service|shared|scripts|tests)\//.test(path))).toEqual([]);
    for (const path of paths) await cp(join(clone, path), join(dir, "package", path));
    await symlink(join(ROOT, "node_modules"), join(dir, "package/node_modules"));
    const result = await run(join(dir, "package/bin/pixelkiln.mjs"), ["models"], { cwd: dir });
    expect(result).toMatchObject({ code: 0, stderr: "", stdout: expect.stringContaining("embedded-v1") });
    const person = ["character", "knight", "--actions", "idle"];
    expect((await run(join(dir, "package/bin/pixelkiln.mjs"), person, { cwd: dir })).code).toBe(0);
  }));
