// Makes a clone ready to run: checks Node, installs the packages when they are missing or not those of
// package-lock.json, and builds the program and the studio page when their sources changed. Plain Node without a package,
// since it runs before there is one; bin/pixelkiln.mjs calls it at each start, so that it must cost a few ms.
//
//   node scripts/ready.mjs      exit code 0: ready, 1: not
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./build-record.mjs";
import { builtProgram } from "./build-service.mjs";
import { isStudioBuilt } from "./build-studio.mjs";

const LOCK = `${ROOT}package-lock.json`;
/** Holds the sha256 of the lock file whose packages are in place. Written last. */
const STAMP = `${ROOT}node_modules/.pixelkiln-ready`;
/** Held by the process that installs; its text is the process's id. */
const INSTALLING = `${ROOT}dist/installing.pid`;
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

/**
 * Installs what is missing, builds what is not of the present sources, and says what it does; gives whether all is
 * there. `program` and `studio` are what is built: whoever needs one of them alone does not wait for the other.
 */
export function makeReady({ program = true, studio = true } = {}) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1])) {
    say(`Node ${LEAST_NODE.join(".")} or newer is needed, but this is ${process.versions.node}.`);
    return false;
  }
  if (!hasPackages()) return false;
  if (program && !hasBuilt("program", builtProgram, "build-service.mjs")) return false;
  return !studio || hasBuilt("studio page", isStudioBuilt, "build-studio.mjs");
}

function hasPackages() {
  const hash = createHash("sha256").update(readFileSync(LOCK)).digest("hex");
  const isDone = () => existsSync(STAMP) && readFileSync(STAMP, "utf8") === hash;
  if (isDone()) return true;
  return alone(() => {
    if (isDone()) return true;
    if (!isAsLocked() && !install()) return false;
    writeFileSync(STAMP, hash);
    return true;
  });
}

/** Does work that two must not do at once: npm ci begins by removing what is there. Waits for another process that does. */
function alone(work) {
  mkdirSync(dirname(INSTALLING), { recursive: true });
  for (let isWaiting = false; !takeLock(); isWaiting = true) {
    if (!isWaiting) say("another process is installing the packages; waiting for it ...");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500);
  }
  try {
    return work();
  } finally {
    rmSync(INSTALLING, { force: true });
  }
}

function takeLock() {
  try {
    writeFileSync(INSTALLING, `${process.pid}`, { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    if (!isAlive(readHolder())) rmSync(INSTALLING, { force: true });
    return false;
  }
}

/** The process that holds the lock; 0 when it has just let go of it, or has not yet written its id. */
function readHolder() {
  try {
    return Number(readFileSync(INSTALLING, "utf8"));
  } catch {
    return 0;
  }
}

/** Signal 0 only asks; a process of another person answers EPERM. */
function isAlive(pid) {
  if (pid === 0) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function hasBuilt(what, isBuilt, script) {
  if (isBuilt()) return true;
  const started = performance.now();
  const { status } = spawnSync(process.execPath, [`${ROOT}scripts/${script}`], { stdio: ["ignore", 2, 2] });
  if (status !== 0) say(`the ${what} could not be built.`);
  // Whoever waits wants to know for what; a program that reads stderr does not.
  else if (process.stderr.isTTY) say(`the ${what} is built (${Math.round(performance.now() - started)} ms).`);
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
