import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { packageInfo } from "./package-info.ts";

/** The files of the studio's bundle. */
export const STUDIO_FILES = ["studio.js", "studio.css"] as const;
export type StudioFile = (typeof STUDIO_FILES)[number];

/** Reads a file of the studio's bundle from dist/studio; null if it has not been built. */
export async function readStudioFile(name: StudioFile): Promise<Uint8Array | null> {
  try {
    return await readFile(join(packageInfo().root, "dist", "studio", name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}
