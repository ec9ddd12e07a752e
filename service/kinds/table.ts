import { animation } from "./animation/kind.ts";
import { character } from "./character/kind.ts";
import { effect } from "./effect/kind.ts";
import type { Kind } from "./kind.ts";
import { pixelate } from "./pixelate/kind.ts";
import { sprite } from "./sprite/kind.ts";
import { tile } from "./tile/kind.ts";
import { tileset } from "./tileset/kind.ts";

/**
 * Every kind of asset, in the order users see them. Routes, commands, kiln files, asset ids, OpenAPI and
 * `GET /v1/kinds` are made from this list.
 */
export const KINDS: readonly Kind[] = Object.freeze([
  sprite,
  tile,
  tileset,
  character,
  animation,
  effect,
  pixelate,
]);

/** Finds a kind by its id, or undefined. */
export function findKind(id: unknown): Kind | undefined {
  return KINDS.find((kind) => kind.id === id);
}

/** Gives a kind by an id that is known to exist. */
export function kindOf(id: string): Kind {
  const kind = findKind(id);
  if (!kind) throw new Error(`There is no kind of asset called ${id}.`);
  return kind;
}

/** Gives the asset id of a job. It is always the same, so that a job that runs again publishes to the same place. */
export function assetIdOfJob(jobId: string, kind: string): string {
  return `${kindOf(kind).prefix}_${jobId.slice("job_".length)}`;
}
