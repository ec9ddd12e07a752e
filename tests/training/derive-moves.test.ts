import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { describeWith, type Program } from "../consumers/programs.ts";

const MODELS = fileURLToPath(new URL("../../models", import.meta.url));

/** Finds a Python that can read pictures: $PIXELKILN_TRAINING_PYTHON, or python3. */
function findPython(): Program {
  const name = "Python with numpy and Pillow";
  const hint = "set PIXELKILN_TRAINING_PYTHON to a Python with numpy and Pillow";
  const path = process.env.PIXELKILN_TRAINING_PYTHON || "python3";
  try {
    execFileSync(path, ["-c", "import numpy, PIL"], { stdio: "ignore" });
    return { name, path, hint };
  } catch {
    return { name, path: null, hint };
  }
}

describeWith(findPython(), "the program that derives runs and jumps", (python) => {
  test("starts over each time, and makes those that the wardrobe has", () => {
    const folder = join(mkdtempSync(join(tmpdir(), "wardrobe-")), "wardrobe-v1");
    onTestFinished(() => rmSync(join(folder, ".."), { recursive: true }));
    cpSync(join(MODELS, "wardrobe-v1"), folder, { recursive: true });
    execFileSync(python, [join(MODELS, "training/wardrobe/derive_moves.py"), folder]);
    const partsOf = (dir: string) => {
      const { parts } = JSON.parse(readFileSync(join(dir, "index.json"), "utf8"));
      // Where a picture lies in the pack depends on who compressed the ones before it.
      return parts.map((part: { sheets: object[] }) => ({
        ...part,
        sheets: part.sheets.map((sheet) => ({ ...sheet, at: null })),
      }));
    };
    expect(partsOf(folder)).toEqual(partsOf(join(MODELS, "wardrobe-v1")));
  }, 120_000);
});
