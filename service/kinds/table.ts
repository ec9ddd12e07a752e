import { animation } from "./animation/kind.ts";
import type { Kind } from "./kind.ts";
import { pixelate } from "./pixelate/kind.ts";
import { sprite } from "./sprite/kind.ts";
import { tile } from "./tile/kind.ts";
import { tileset } from "./tileset/kind.ts";

/**
 * Every kind of asset, in the order in which people see them. Routes, the command line, kiln files, asset ids, OpenAPI
 * and `GET /v1/kinds` are made of this list.
 */
export const KINDS: readonly Kind[] = Object.freeze([sprite, tile, tileset, animation, pixelate]);

/** Finds a kind by its id, or undefined. */
export function findKind(id: unknown): Kind | undefined {
  return KINDS.find((kind) => kind.id === id);
}

/** Gives a kind that is known to be one. */
export function kindOf(id: string): Kind {
  const kind = findKind(id);
  if (!kind) throw new Error(`There is no kind of asset called ${id}.`);
  return kind;
}

/** Gives the one asset id of a job, so that a job that runs again publishes to the same place. */
export function assetIdOfJob(jobId: string, kind: string): string {
  return `${kindOf(kind).prefix}_${jobId.slice("job_".length)}`;
}
