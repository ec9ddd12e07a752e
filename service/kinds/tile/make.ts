import type { Checks, Provenance } from "../../../shared/asset.ts";
import { ServiceError } from "../../../shared/errors.ts";
import { assembleSprites } from "../../asset/assemble-sprites.ts";
import type { AssetPackage } from "../../asset/asset-package.ts";
import { decodeBase64Image } from "../../codecs/decode-image.ts";
import type { HostResult } from "../../generators/drawn-pictures.ts";
import { isTileId, type TileLoader } from "../../jobs/load-tiles.ts";
import { colorsOf } from "../../pixel/colors-of.ts";
import type { PixelImage } from "../../pixel/image.ts";
import { measureImages } from "../../pixel/measure.ts";
import { parseHex } from "../../pixel/parse-hex.ts";
import { snapPalette } from "../../pixel/snap-palette.ts";
import { upscaleNearest } from "../../pixel/upscale-nearest.ts";
import { edgeRatio, matchEdges, type Neighbors, SIDES } from "../../terrain/match-edges.ts";
import { rollToCalmest } from "../../terrain/quiet-border.ts";
import { settleTexture } from "../../terrain/settle-texture.ts";
import type { ModelHost } from "../../workers/workers.ts";
import { writersFor } from "../../writers/index.ts";
import { decodePalette } from "../pixelate/make.ts";
import { describeImages, describeProvenance } from "../sprite/describe.ts";
import { encodeFile, type GeneratedAsset, type SpriteDeps, type SpriteOptions } from "../sprite/make.ts";
import type { ParsedTileRequest } from "./parse-tiles.ts";
import { planTile, type TilePlan } from "./plan.ts";

export interface TileDeps extends Omit<SpriteDeps, "host"> {
  host: Pick<ModelHost, "catalog" | "generate" | "runPixels">;
  loader: TileLoader;
}

/** Joints with more than this are seen. */
const VISIBLE_SEAM = 1.25;

/** Decodes the pictures of a tile request, finds the neighbors it names, and plans it. Throws a ServiceError. */
export async function planTiles(
  { request, ignored }: ParsedTileRequest,
  { host, loader, chooseSeed }: Pick<TileDeps, "host" | "loader" | "chooseSeed">,
): Promise<TilePlan> {
  const input = request.input_image;
  const inputImage = input === undefined ? null : await decodeBase64Image(input, "input_image");
  const neighbors: Neighbors = {};
  for (const side of SIDES) {
    const text = request.match_edges?.[side];
    if (text === undefined) continue;
    const field = `match_edges.${side}`;
    neighbors[side] = isTileId(text) ? await loader.tile(text, field) : await decodeBase64Image(text, field);
  }
  const palettePicture = await decodePalette(request.input_palette);
  const models = host.catalog().map(({ description }) => description);
  const decoded = { inputImage, palettePicture, neighbors };
  return planTile(request, { models, decoded, ignored, chooseSeed });
}

/**
 * Makes the tiles of a request: seamless surfaces, a tile between neighbors, or a repaired one. The same request
 * (resolved), model and version give the same bytes. Throws a ServiceError.
 */
export async function generateTiles(
  parsed: ParsedTileRequest,
  deps: TileDeps,
  options: SpriteOptions,
): Promise<GeneratedAsset> {
  const { signal, onProgress, createdAt, name, engines, folder } = options;
  const plan = await planTiles(parsed, deps);
  const made = await makeTiles(plan, deps, { signal, onProgress });
  const madeAt = performance.now();
  onProgress({ stage: "writing", step: 0, steps: 0 });
  const { tiles, drawn } = made;
  const provenance = provenanceOf(plan, drawn, deps);
  const asset: AssetPackage = {
    ...assembleSprites({
      name,
      pictures: tiles.map((image, i) => ({
        image: upscaleNearest(image, plan.enlarge),
        seed: plan.generation?.pictures[i]?.seed ?? null,
        exemplars: drawn?.pictures[i]?.exemplars ?? [],
      })),
      palette: plan.palette
        ? { ...plan.palette, locked: true }
        : { name: null, colors: [...new Set(tiles.flatMap(colorsOf))], locked: false },
      text: { pixelkiln: JSON.stringify(provenance) },
    }),
    kind: "tile",
  };
  const written = writersFor(engines, asset.kind).flatMap((writer) => writer.write(asset, { folder }));
  const files = await Promise.all(written.map(encodeFile));
  const checks = checkTiles(plan, tiles);
  return {
    files,
    manifest: {
      schema_version: 1,
      kind: "tile",
      name: asset.name,
      created_at: createdAt,
      images: describeImages(asset, files),
      palette: asset.palette,
      request: plan.resolved,
      ignored_parameters: plan.ignored,
      warnings: [...plan.warnings, ...warningsOf(checks)],
      checks,
      provenance,
    },
    timings: {
      load: drawn?.timings.loadMs ?? 0,
      model: drawn?.timings.modelMs ?? 0,
      step: drawn?.timings.stepMs ?? 0,
      post: made.postMs,
      encode: performance.now() - madeAt,
    },
  };
}

interface MadeTiles {
  tiles: PixelImage[];
  drawn: HostResult | null;
  postMs: number;
}

async function makeTiles(
  plan: TilePlan,
  { host }: TileDeps,
  hooks: Pick<SpriteOptions, "signal" | "onProgress">,
): Promise<MadeTiles> {
  const started = performance.now();
  if (plan.repair) {
    const { frames } = await host.runPixels(plan.repair, hooks);
    return { tiles: frames, drawn: null, postMs: performance.now() - started };
  }
  if (!plan.generation) throw new ServiceError("internal", "Expected a plan for tiles but received none.");
  const drawn = await host.generate(plan.generation, hooks);
  const drawnAt = performance.now();
  const tiles = drawn.pictures.map(({ image }) => finishTile(plan, image));
  return { tiles, drawn, postMs: drawn.timings.postMs + performance.now() - drawnAt };
}

/** A tile that joins itself may be rolled freely; one that joins neighbors takes their edges. */
function finishTile(plan: TilePlan, image: PixelImage): PixelImage {
  const { width, height, tileX, tileY, neighbors, depth, palette, settle } = plan;
  const colors = new Set(Object.values(neighbors).flatMap(colorsOf));
  if (colors.size > 0) {
    // Beside its neighbors a tile is of their colors, unless a palette was asked for.
    const held = palette ? image : snapPalette(image, [...colors].map(parseHex));
    return matchEdges(held, neighbors, depth);
  }
  if (!tileX && !tileY) return image;
  const settled =
    settle === null ? image : settleTexture(image, { width, height, colorCount: settle, usualColor: null });
  const held = settle !== null && palette ? snapPalette(settled, palette.colors.map(parseHex)) : settled;
  return rollToCalmest(held, { x: tileX, y: tileY });
}

function provenanceOf(plan: TilePlan, drawn: HostResult | null, deps: SpriteDeps): Provenance {
  if (plan.generation && drawn) return describeProvenance(plan.generation, drawn, deps);
  const generator = `pixelkiln ${deps.version}`;
  return { generator, model: null, execution_provider: null, prompt: null, seed: null, exemplars: [] };
}

/** Measures joints before any enlargement: to the neighbors where there are some, else to the tile itself. */
function checkTiles(plan: TilePlan, tiles: readonly PixelImage[]): Checks {
  const { tileX, tileY, neighbors } = plan;
  const checks = measureImages(tiles, plan.palette?.colors ?? null, { tileX, tileY });
  const ratios = (axis: "x" | "y"): number[] =>
    tiles.flatMap((tile) => edgeRatio(tile, neighbors, axis) ?? []);
  const worst = (values: readonly number[]): number | null =>
    values.length > 0 ? Math.max(...values) : null;
  return {
    ...checks,
    seam_ratio_x: worst(ratios("x")) ?? checks.seam_ratio_x,
    seam_ratio_y: worst(ratios("y")) ?? checks.seam_ratio_y,
    grid_scale: checks.grid_scale * plan.enlarge,
  };
}

function warningsOf(checks: Checks): string[] {
  const warnings: string[] = [];
  if (checks.duplicate_images > 0)
    warnings.push(`${checks.duplicate_images} images are the same as an earlier one.`);
  if (Math.max(checks.seam_ratio_x ?? 0, checks.seam_ratio_y ?? 0) > VISIBLE_SEAM)
    warnings.push("The joint of the tile may show: see seam_ratio_x and seam_ratio_y.");
  return warnings;
}
