import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { ReadWardrobe } from "./open-wardrobe.ts";

/** Reads a wardrobe from a folder on the disk. Nothing is held open between reads. */
export function wardrobeFolder(folder: string): ReadWardrobe {
  return async (name, at) => {
    const path = join(folder, name);
    if (!at) return readFile(path);
    const [offset, length] = at;
    const file = await open(path);
    try {
      const { bytesRead, buffer } = await file.read(new Uint8Array(length), 0, length, offset);
      if (bytesRead < length) throw new Error(`${path} ends before byte ${offset + length}.`);
      return buffer;
    } finally {
      await file.close();
    }
  };
}
