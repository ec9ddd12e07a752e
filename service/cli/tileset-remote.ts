import { z } from "zod";
import { TilesetAnswer } from "../../shared/answers.ts";
import { ServiceError } from "../../shared/errors.ts";
import type { ParsedTilesetRequest } from "../../shared/parse-tiles.ts";
import { type AssembledTile, assembleTileset } from "../asset/assemble-tileset.ts";
import { decodeBase64Image } from "../codecs/decode-image.ts";
import { encodeFile } from "../jobs/generate-sprites.ts";
import { sha256 } from "../library/hashes.ts";
import { crop, type PixelImage } from "../pixel/image.ts";
import { writersFor } from "../writers/index.ts";
import { completeManifest, type DrawnSprites } from "./draw-local.ts";
import { createCaller, type RemoteOptions, runRemotely } from "./draw-remote.ts";

/** What the answer leaves out and the set's own JSON has. */
const TilesetFile = z.object({
  collision: z.enum(["lower", "upper"]).nullable(),
  polygons: z.array(z.array(z.array(z.object({ x: z.number(), y: z.number() })))),
  sample: z.object({ columns: z.int(), rows: z.int(), cells: z.array(z.int()) }),
});

/**
 * Lets a running service make a terrain set, and makes the files here, so that they are the same as without a service.
 * Throws as runRemotely does.
 */
export async function makeTilesetRemotely(
  service: string,
  { request, ignored }: ParsedTilesetRequest,
  options: RemoteOptions,
): Promise<DrawnSprites> {
  const raw = await runRemotely(service, { path: "/v1/tilesets", request }, options);
  const answer = TilesetAnswer.parse(raw);
  const facts = await readFacts(service, answer, options);
  const sheet = await decodeBase64Image(answer.base64_images[0] ?? "", "base64_images");
  const { tiles, margin, spacing, ...info } = answer.tileset;
  const { name, engines, projectFolder: folder } = options.target;
  const { palette, provenance, checks, warnings, created_at } = answer;
  const seed = answer.images[0]?.seed ?? 0;
  const asset = assembleTileset({
    name,
    info,
    tiles: tiles.map((tile) => cutTile(sheet, tile, { spacing, polygons: facts.polygons })),
    frameMs: tiles.flatMap(({ animation }) => animation ?? [])[0]?.duration_ms ?? request.animation_frame_ms,
    collision: facts.collision,
    sample: facts.sample,
    seed,
    palette,
    text: { pixelkiln: JSON.stringify(provenance) },
  });
  const written = writersFor(engines, asset.kind).flatMap((writer) => writer.write(asset, { folder }));
  const files = await Promise.all(written.map(encodeFile));
  const images = answer.images.map(({ url, ...image }) => {
    const file = files.find(({ role }) => role === "sheet");
    return { ...image, file: file?.path ?? image.file, sha256: sha256(file?.bytes ?? new Uint8Array()) };
  });
  const sprites = {
    files,
    manifest: {
      schema_version: 1 as const,
      kind: "tileset" as const,
      ...{ name, created_at, images, palette, warnings, checks, provenance },
      request: { ...answer.request, async: false },
      ignored_parameters: [...ignored, ...answer.ignored_parameters],
      tileset: answer.tileset,
    },
    timings: { load: 0, model: answer.timings_ms.model, step: 0, post: answer.timings_ms.post, encode: 0 },
  };
  return { sprites, manifest: completeManifest(sprites) };
}

async function readFacts(
  service: string,
  { id, files }: TilesetAnswer,
  { env }: RemoteOptions,
): Promise<z.infer<typeof TilesetFile>> {
  const file = files.find(({ role }) => role === "tileset_json");
  if (!file) throw new ServiceError("internal", `Expected the JSON of ${id} but received none.`);
  return TilesetFile.parse(await createCaller(service, env)("GET", `/v1/assets/${id}/files/${file.path}`));
}

function cutTile(
  sheet: PixelImage,
  tile: TilesetAnswer["tileset"]["tiles"][number],
  { spacing, polygons }: { spacing: number; polygons: AssembledTile["polygons"][] },
): AssembledTile {
  const { x, y, width, height } = tile.bounding_box;
  const count = tile.animation?.length ?? 1;
  const frames = Array.from({ length: count }, (_, i) =>
    crop(sheet, x + i * (width + spacing), y, width, height),
  );
  const { name, mask, corners, edges, probability, index: cell } = tile;
  return { name, mask, corners, edges, probability, cell, frames, polygons: polygons[cell] ?? [] };
}
