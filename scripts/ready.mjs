// Makes a clone ready to run: checks Node, installs the packages when they are missing or not those of
// package-lock.json, and builds the studio page when its sources changed. Plain Node without a package, since it runs before there is one.
//
//   node scripts/ready.mjs      exit code 0: ready, 1: not
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isStudioBuilt } from "./build-studio.mjs";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const LOCK = `${ROOT}package-lock.json`;
/** Holds the sha256 of the lock file whose packages are in place. Written last. */
const STAMP = `${ROOT}node_modules/.pixelkiln-ready`;
const LEAST_NODE = [20, 19];

const say = (text) => process.stderr.write(`pixelkiln: ${text}\n`);

/**
 * Runs npm in the repository and gives spawnSync's result. Goes through the npm that started us where
 * there is one: on Windows npm is no program but a batch file.
 */
export function runNpm(args, options = {}) {
  const npm = process.env.npm_execpath;
  const [command, before] = npm?.endsWith(".js") ? [process.execPath, [npm]] : ["npm", []];
  return spawnSync(command, [...before, ...args], {
    cwd: ROOT,
    shell: process.platform === "win32" && !npm,
    ...options,
  });
}

/** Installs what is missing and says what it does; gives whether all is there. */
export function makeReady() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1])) {
    say(`Node ${LEAST_NODE.join(".")} or newer is needed, but this is ${process.versions.node}.`);
    return false;
  }
  return hasPackages() && hasStudio();
}

function hasPackages() {
  const hash = createHash("sha256").update(readFileSync(LOCK)).digest("hex");
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === hash) return true;
  if (!isAsLocked() && !install()) return false;
  writeFileSync(STAMP, hash);
  return true;
}

function hasStudio() {
  if (isStudioBuilt()) return true;
  const { status } = spawnSync(process.execPath, [`${ROOT}scripts/build-studio.mjs`], {
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) say("the studio page could not be built.");
  return status === 0;
}

function install() {
  say("installing the packages of package-lock.json (npm ci), once; about a minute ...");
  const started = performance.now();
  const { status, error } = runNpm(["ci", "--include=dev", "--no-audit", "--no-fund"], {
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) {
    say(
      `the packages could not be installed (${error?.message ?? `npm ci ended with ${status}`}). Is there a network?`,
    );
    return false;
  }
  say(`the packages are installed (${Math.round((performance.now() - started) / 1000)} s).`);
  return true;
}

/**
 * Whether a person's own `npm install` already put exactly the locked versions there. Asks the packages
 * themselves: npm's own note in node_modules changes with `--package-lock-only` too.
 */
function isAsLocked() {
  const { packages } = JSON.parse(readFileSync(LOCK, "utf8"));
  return Object.entries(packages).every(([path, { version, optional }]) => {
    if (path === "") return true;
    const file = `${ROOT}${path}/package.json`;
    // Packages for other platforms are locked, but stay away.
    return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).version === version : optional === true;
  });
}

const isMain = process.argv[1] && pathToFileURL(realpathSync(process.argv[1])).href === import.meta.url;
if (isMain) process.exitCode = makeReady() ? 0 : 1;
