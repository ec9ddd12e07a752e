import { readFileSync, statSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describeValue, invalidParameter } from "../shared/errors.ts";

interface PackageInfo {
  root: string;
  version: string;
  /** The minimum Node version, from `engines.node`. */
  leastNode: string;
}

/** Reads the package this file belongs to: the nearest package.json above it, both in a clone and under dist/. */
export function packageInfo(): PackageInfo {
  for (let dir = dirname(fileURLToPath(import.meta.url)); ; dir = dirname(dir)) {
    const text = readIfThere(join(dir, "package.json"));
    if (text !== null) {
      const { version, engines } = JSON.parse(text) as { version: string; engines: { node: string } };
      return { root: dir, version, leastNode: engines.node.replace(/^>=/, "") };
    }
    if (dirname(dir) === dir) throw new Error("There is no package.json above the program.");
  }
}

/**
 * Lists the folders that hold models: those of PIXELKILN_MODELS first, then the one that ships with the package. Throws
 * `invalid-request` for one that does not exist.
 */
export function modelsDirs(env: NodeJS.ProcessEnv): string[] {
  const own = (env.PIXELKILN_MODELS ?? "").split(delimiter).filter((dir) => dir !== "");
  const missing = own.find((dir) => !statSync(dir, { throwIfNoEntry: false })?.isDirectory());
  if (missing !== undefined)
    throw invalidParameter(
      "PIXELKILN_MODELS",
      describeValue(missing),
      `existing folders, separated by ${delimiter}`,
    );
  return [...own, join(packageInfo().root, "models")];
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
