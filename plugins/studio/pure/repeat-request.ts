import type { StudioRequest } from "./build-request.ts";
import { has, type Kind, needs } from "./kind.ts";

type Request = Readonly<Record<string, unknown>>;

/** A variation keeps most of its picture. */
const VARIATION = { strength: 0.45, num_images: 4 } as const;

/** Asks for a stored request once more: another seed, nothing written into the project. Null where no seed decides. */
export function repeatRequest(kind: Kind, request: Request): StudioRequest | null {
  if (!has(kind, "seed")) return null;
  const { seed: _seed, output: _output, ...rest } = request;
  const delivery = { async: true, check_cost: false, strict: false, upload_outputs: false };
  return { path: kind.path, body: { ...rest, ...delivery } };
}

/**
 * Asks for pictures near one that a request gave: sprites and tiles four at once, an animation from its first frame.
 * `picture` is base64 of native pixels. Null for kinds that start from no picture of their own.
 */
export function varyRequest(kind: Kind, request: Request, picture: string): StudioRequest | null {
  const again = repeatRequest(kind, request);
  if (again === null || !canVary(kind)) return null;
  const several = has(kind, "strength") && has(kind, "num_images") ? VARIATION : {};
  return {
    path: again.path,
    body: { ...again.body, upscale_output_factor: 1, input_image: picture, ...several },
  };
}

/** Whether a kind may start from a picture instead of words alone. */
export function canVary(kind: Kind): boolean {
  return has(kind, "seed") && has(kind, "input_image") && !needs(kind, "input_image");
}
