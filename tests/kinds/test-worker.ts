import { fileURLToPath } from "node:url";
import type { MakeTarget } from "../../service/kinds/made-asset.ts";
import { createWorker } from "../../service/workers/worker.ts";
import { ENGINES } from "../../shared/requests.ts";

/** Runs a worker's tasks in this process, with the models that ship with the program. */
export function createTestWorker() {
  const models = fileURLToPath(new URL("../../models", import.meta.url));
  const env = { ...process.env, PIXELKILN_DEVICE: "cpu" };
  return createWorker({ modelsDirs: [models], env, onDevice: () => {} });
}

export const quiet = () => ({ signal: new AbortController().signal, onProgress: () => {} });

/** A target with files for every engine. */
export function targetOf(name: string): MakeTarget {
  return {
    name,
    engines: ENGINES,
    folder: "art",
    assetId: "ani_0000000000000000",
    createdAt: "2026-01-01T00:00:00.000Z",
  };
}
