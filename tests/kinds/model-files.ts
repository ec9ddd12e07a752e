import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const MODEL = fileURLToPath(new URL("../../models/embedded-v1", import.meta.url));

/** Reads a file from the folder of the shipped model, like a worker. */
export const readModelFile = (path: string): Promise<Uint8Array> => readFile(join(MODEL, path));
