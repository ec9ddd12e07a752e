import { execFile } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const EXAMPLES = fileURLToPath(new URL("../../examples/", import.meta.url));
const PIXELKILN = fileURLToPath(new URL("../../bin/pixelkiln.mjs", import.meta.url));
/** What tools put beside the sources of an example; none of it is in the repository. */
const MADE = new Set([".godot", ".pixelkiln", "addons", "dist", "node_modules", "public", "vendor"]);

/** A copy of an example game as a clone has it: with its kiln files, without what is made of them. */
export interface ExampleGame {
  dir: string;
  /** Runs `pixelkiln` with these arguments in the game and gives what it printed; throws where it fails. */
  pixelkiln(...args: string[]): Promise<string>;
  remove(): Promise<void>;
}

/** Copies an example to a temporary folder. */
export async function copyExample(name: string): Promise<ExampleGame> {
  const dir = await mkdtemp(join(tmpdir(), `pixelkiln-${name}-`));
  const isSource = (path: string) => {
    const isArt = basename(dirname(path)) === "art";
    return !MADE.has(basename(path)) && (!isArt || path.endsWith(".kiln.json"));
  };
  await cp(join(EXAMPLES, name), dir, { recursive: true, filter: isSource });
  const env = { ...process.env };
  delete env.PIXELKILN_URL;
  return {
    dir,
    async pixelkiln(...args) {
      const { stdout } = await promisify(execFile)(process.execPath, [PIXELKILN, ...args], { cwd: dir, env });
      return stdout;
    },
    remove: () => rm(dir, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** A cell of a painted map, with what its tile shows in each corner. */
export interface PaintedCell {
  x: number;
  y: number;
  corners: Readonly<Record<"NW" | "NE" | "SW" | "SE", boolean>>;
}

/** Names each corner of a map where the tiles that meet do not show the same terrain. */
export function tornCorners(cells: readonly PaintedCell[]): string[] {
  const shown = new Map<string, boolean>();
  const torn: string[] = [];
  for (const { x, y, corners } of cells) {
    for (const [side, isUpper] of Object.entries(corners)) {
      const corner = `${x + Number(side.endsWith("E"))},${y + Number(side.startsWith("S"))}`;
      if ((shown.get(corner) ?? isUpper) !== isUpper) torn.push(corner);
      shown.set(corner, isUpper);
    }
  }
  return torn;
}
