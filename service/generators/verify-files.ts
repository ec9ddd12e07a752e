import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { join } from "node:path";
import { ServiceError } from "../../shared/errors.ts";
import type { StoredModel } from "./backend.ts";

const PART_BYTES = 2 ** 20;

/**
 * Hashes every file of a model and compares with its model.json. Throws `model-unavailable` for a
 * missing or changed file: a half-copied model would draw noise without a word.
 */
export async function verifyFiles({ folder, hashes, info }: StoredModel): Promise<void> {
  const buffer = Buffer.allocUnsafe(PART_BYTES);
  for (const [name, expected] of Object.entries(hashes)) {
    const received = await hashFile(join(folder, name), buffer).catch(() => "no readable file");
    if (received === expected) continue;
    throw new ServiceError(
      "model-unavailable",
      `Expected sha256 ${expected.slice(0, 12)} for ${name} of the model ${info.id} but received ${received.slice(0, 16)}.`,
    );
  }
}

/** Reads into one buffer: a stream would make a new one for each part, which takes twice as long. */
async function hashFile(path: string, buffer: Uint8Array): Promise<string> {
  const hash = createHash("sha256");
  const file = await open(path);
  try {
    for (;;) {
      const { bytesRead } = await file.read(buffer);
      if (bytesRead === 0) return hash.digest("hex");
      hash.update(buffer.subarray(0, bytesRead));
    }
  } finally {
    await file.close();
  }
}
