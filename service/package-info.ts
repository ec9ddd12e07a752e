import { readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

interface PackageInfo {
  root: string;
  version: string;
  /** The part of `engines.node` that matters: the least version. */
  leastNode: string;
}

/** Reads the package this file belongs to: the nearest package.json above it, in a clone and under dist/. */
export function packageInfo(): PackageInfo {
  for (let dir = dirname(fileURLToPath(import.meta.url)); ; dir = dirname(dir)) {
    const text = readIfThere(join(dir, "package.json"));
    if (text !== null) {
      const { version, engines } = JSON.parse(text) as { version: string; engines: { node: string } };
      return { root: dir, version, leastNode: engines.node.replace(/^>=/, "") };
    }
    if (dirname(dir) === dir) throw new Error("Expected a package.json above the program but found none.");
  }
}

/** Folders of models: those of PIXELKILN_MODELS first, then the ones that ship with the package. */
export function modelsDirs(env: NodeJS.ProcessEnv): string[] {
  const own = (env.PIXELKILN_MODELS ?? "").split(delimiter).filter((dir) => dir !== "");
  return [...own, join(packageInfo().root, "models")];
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}
