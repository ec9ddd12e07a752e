import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe } from "vitest";

/** A real program that reads our files. Without it its tests are skipped, and say so. */
export interface Program {
  name: string;
  /** Path of the executable, or null where there is none. */
  path: string | null;
  hint: string;
}

/** Finds Chromium: $CHROMIUM, or one in PATH. */
export function findChromium(): Program {
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const path = process.env.CHROMIUM || findInPath(names);
  return { name: "Chromium", path, hint: "install the package chromium or set CHROMIUM to its path" };
}

/** Finds Tiled: $TILED, or the one in PATH; tmxrasterizer lies beside it. */
export function findTiled(): Program {
  const path = process.env.TILED || findInPath(["tiled"]);
  return { name: "Tiled", path, hint: "install the package tiled or set TILED to its path" };
}

/** Finds Godot 4 where scripts/install-godot.sh finds it: $GODOT, PATH, or the folder it installs to. */
export function findGodot(): Program {
  const script = fileURLToPath(new URL("../../scripts/install-godot.sh", import.meta.url));
  const hint = "run scripts/install-godot.sh or set GODOT to the path of a Godot 4";
  try {
    const path = execFileSync("bash", [script, "--print"], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    return { name: "Godot 4", path: path.trim(), hint };
  } catch {
    return { name: "Godot 4", path: null, hint };
  }
}

/** Groups tests that need a program. Where it is missing they count as skipped, with the reason in their title. */
export function describeWith(program: Program, title: string, tests: (path: string) => void): void {
  const { path, name, hint } = program;
  if (path !== null) {
    describe(title, () => tests(path));
    return;
  }
  const reason = `SKIPPED: there is no ${name} here; ${hint}`;
  console.warn(`${title}: ${reason}`);
  describe.skip(`${title} (${reason})`, () => tests(""));
}

function findInPath(names: readonly string[]): string | null {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
