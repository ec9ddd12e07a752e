import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MODEL = fileURLToPath(new URL("../../models/embedded-v1", import.meta.url));

/** Reads a file that lies beside the shipped model, as a worker does. */
export const readModelFile = (path: string): Promise<Uint8Array> => readFile(join(MODEL, path));
