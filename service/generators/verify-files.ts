import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { ServiceError } from "../../shared/errors.ts";
import type { StoredModel } from "./backend.ts";

/**
 * Hashes every file of a model and compares with its model.json. Throws `model-unavailable` for a
 * missing or changed file: a half-copied model would draw noise without a word.
 */
export async function verifyFiles({ folder, hashes, info }: StoredModel): Promise<void> {
  for (const [name, expected] of Object.entries(hashes)) {
    const received = await hashFile(join(folder, name)).catch(() => "no readable file");
    if (received === expected) continue;
    throw new ServiceError(
      "model-unavailable",
      `Expected sha256 ${expected.slice(0, 12)} for ${name} of the model ${info.id} but received ${received.slice(0, 16)}.`,
    );
  }
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
