import { AnimationAnswer } from "../../shared/answers.ts";
import type { ParsedAnimationRequest } from "../../shared/parse-animation.ts";
import { assembleAnimation } from "../asset/assemble-animation.ts";
import { decodeBase64Image } from "../codecs/decode-image.ts";
import { describeSheet } from "../jobs/describe-animation.ts";
import { encodeFile } from "../jobs/generate-sprites.ts";
import { crop } from "../pixel/image.ts";
import { writersFor } from "../writers/index.ts";
import { completeManifest, type DrawnSprites } from "./draw-local.ts";
import { type RemoteOptions, runRemotely } from "./draw-remote.ts";

/**
 * Lets a running service animate, and makes the files here, so that they are the same as without a service. Throws
 * as runRemotely does.
 */
export async function animateRemotely(
  service: string,
  { request, ignored }: ParsedAnimationRequest,
  options: RemoteOptions,
): Promise<DrawnSprites> {
  const body = { ...request, return_spritesheet: true };
  const raw = await runRemotely(service, { path: "/v1/animations", request: body }, options);
  const answer = AnimationAnswer.parse(raw);
  const { animation, palette, provenance, checks, warnings, created_at } = answer;
  const sheet = await decodeBase64Image(answer.base64_images[0] ?? "", "base64_images");
  const directions = animation.directions.map((direction) => ({
    direction,
    frames: animation.frames
      .filter((frame) => frame.direction === direction)
      .map(({ frame: { x, y, w, h } }) => crop(sheet, x, y, w, h)),
  }));
  const { name, engines, projectFolder: folder } = options.target;
  const asset = assembleAnimation({
    name,
    motion: animation.name,
    directions,
    durationsMs: animation.frames.map(({ duration }) => duration),
    loop: animation.loop,
    action: animation.action,
    movedBy: animation.motion,
    mirrored: animation.mirrored,
    anchor: animation.anchor,
    layout: request.sheet_layout,
    palette,
    text: { pixelkiln: JSON.stringify(provenance) },
    seed: answer.images[0]?.seed ?? null,
    exemplars: answer.images[0]?.exemplars ?? [],
  });
  const written = writersFor(engines, asset.kind).flatMap((writer) => writer.write(asset, { folder }));
  const files = await Promise.all(written.map(encodeFile));
  const { model, post, write } = answer.timings_ms;
  const sprites = {
    files,
    manifest: {
      schema_version: 1 as const,
      kind: "animation" as const,
      name,
      created_at,
      images: describeSheet(asset, files),
      palette,
      request: { ...answer.request, return_spritesheet: request.return_spritesheet },
      ignored_parameters: [...ignored, ...answer.ignored_parameters],
      warnings,
      checks,
      provenance,
      ...(asset.animation ? { animation: asset.animation } : {}),
    },
    timings: { load: 0, model, step: 0, post, encode: write },
  };
  return { sprites, manifest: completeManifest(sprites) };
}
