import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ServiceError } from "../../../shared/errors.ts";
import { decodeImage } from "../../codecs/decode-image.ts";
import { MotionSet, type Person } from "../../motion/people.ts";
import type { PixelImage } from "../../pixel/image.ts";

const FOLDER = "motions";

/**
 * Reads the licensed motions that lie beside a model; null when it has none. Throws `model-unavailable` when they
 * are there but not valid.
 */
export async function readMotionSet(modelFolder: string): Promise<MotionSet | null> {
  const path = join(modelFolder, FOLDER, "index.json");
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (text === null) return null;
  try {
    return MotionSet.parse(JSON.parse(text));
  } catch (cause) {
    throw new ServiceError(
      "model-unavailable",
      `Expected a motion set for ${path} but received another file.`,
      {
        cause,
      },
    );
  }
}

/** Reads all frames of a person: rows of cells. Throws `model-unavailable` when its file cannot be read. */
export async function readPerson(modelFolder: string, { file, id }: Person): Promise<PixelImage> {
  try {
    return await decodeImage(await readFile(join(modelFolder, FOLDER, file)), "motions");
  } catch (cause) {
    throw new ServiceError("model-unavailable", `Expected a picture for ${id} but could not read ${file}.`, {
      cause,
    });
  }
}
