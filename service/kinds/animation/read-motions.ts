import { ServiceError } from "../../../shared/errors.ts";
import { decodeImage } from "../../codecs/decode-image.ts";
import { MotionSet, type Person } from "../../motion/people.ts";
import type { PixelImage } from "../../pixel/image.ts";

const FOLDER = "motions";

/** Reads a file from the model's folder by its path, or gives null. */
type ReadFile = (path: string) => Promise<Uint8Array | null>;

/** Reads the licensed motions of a model; null if it has none. Throws `model-unavailable` for a damaged file. */
export async function readMotionSet(read: ReadFile): Promise<MotionSet | null> {
  const bytes = await read(`${FOLDER}/index.json`);
  if (bytes === null) return null;
  try {
    return MotionSet.parse(JSON.parse(Buffer.from(bytes).toString("utf8")));
  } catch (cause) {
    throw new ServiceError(
      "model-unavailable",
      `${FOLDER}/index.json of the model is damaged: copy the model again.`,
      { cause },
    );
  }
}

/** Reads all frames of a person, as rows of cells. Throws `model-unavailable` if its file cannot be read. */
export async function readPerson(read: ReadFile, { file, id }: Person): Promise<PixelImage> {
  const bytes = await read(`${FOLDER}/${file}`);
  try {
    return await decodeImage(bytes ?? new Uint8Array(), "motions");
  } catch (cause) {
    throw new ServiceError(
      "model-unavailable",
      `The picture of ${id} (${file}) is damaged: copy the model again.`,
      { cause },
    );
  }
}
