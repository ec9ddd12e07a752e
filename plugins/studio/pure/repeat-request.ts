import { PATHS, type StudioRequest } from "./build-request.ts";
import type { Kind } from "./form-fields.ts";

type Request = Readonly<Record<string, unknown>>;

/** A variation keeps most of its picture. */
const VARIATION = { strength: 0.45, num_images: 4 } as const;

/** Asks for a stored request once more: another seed, nothing written into the project. */
export function repeatRequest(kind: Kind, request: Request): StudioRequest {
  const { seed: _seed, output: _output, ...rest } = request;
  const delivery = { async: true, check_cost: false, strict: false, upload_outputs: false };
  return { path: PATHS[kind], body: { ...rest, ...delivery } };
}

/**
 * Asks for pictures near one that a request gave: sprites and tiles four at once, an animation from its first frame.
 * `picture` is base64 of native pixels. Null for kinds that start from no picture of their own.
 */
export function varyRequest(kind: Kind, request: Request, picture: string): StudioRequest | null {
  if (kind === "tileset" || kind === "pixelate") return null;
  const { path, body } = repeatRequest(kind, request);
  const several = kind === "animation" ? {} : VARIATION;
  return { path, body: { ...body, upscale_output_factor: 1, input_image: picture, ...several } };
}
