import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { ServiceError } from "../../shared/errors.ts";
import { joinWardrobes } from "./join-wardrobes.ts";
import { openWardrobe, type Wardrobe } from "./open-wardrobe.ts";
import { wardrobeFolder } from "./wardrobe-folder.ts";

const FILE = "wardrobe.json";

/**
 * Opens the wardrobe in some folders of model folders. The last one, which ships with the program, gives layouts and
 * ramps; the parts of others, which a user adds, hang beside its own. Throws `model-unavailable` if there is none.
 */
export async function findWardrobe(modelsDirs: readonly string[]): Promise<Wardrobe> {
  const folders = (await Promise.all(modelsDirs.map(foldersIn))).flat();
  try {
    const wardrobes = await Promise.all(folders.map((folder) => openWardrobe(wardrobeFolder(folder))));
    const [base, ...added] = wardrobes.reverse();
    if (base) return added.reduce(joinWardrobes, base);
  } catch (cause) {
    throw new ServiceError(
      "model-unavailable",
      `A wardrobe is damaged: copy it again. They are ${folders.join(", ")}.`,
      { cause },
    );
  }
  throw new ServiceError(
    "model-unavailable",
    "There is no wardrobe to dress characters from: install Pixelkiln again.",
  );
}

async function foldersIn(dir: string): Promise<string[]> {
  const names = (await readdir(dir).catch(() => [])).sort();
  const found = await Promise.all(
    names.map(async (name) => {
      const folder = resolve(dir, name);
      const file = await stat(join(folder, FILE)).catch(() => null);
      return file?.isFile() ? [folder] : [];
    }),
  );
  return found.flat();
}
