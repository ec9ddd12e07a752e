import { setImmediate as nextTurn } from "node:timers/promises";
import { ServiceError } from "../../../shared/errors.ts";
import { assembleTileset } from "../../asset/assemble-tileset.ts";
import type { AssetPackage } from "../../asset/asset-package.ts";
import { safeName } from "../../asset/safe-name.ts";
import { decodeBase64Image } from "../../codecs/decode-image.ts";
import { type TileLoader, tileId } from "../../jobs/load-tiles.ts";
import { colorsOf } from "../../pixel/colors-of.ts";
import type { PixelImage } from "../../pixel/image.ts";
import { type DrawnTile, type DrawnTileset, drawTileset } from "../../terrain/draw-tileset.ts";
import type { Ground } from "../../terrain/ground.ts";
import { holdColors } from "../../terrain/hold-colors.ts";
import { type MaskMap, sampleMap } from "../../terrain/sample-map.ts";
import { pureMask } from "../../terrain/tile-forms.ts";
import { writersFor } from "../../writers/index.ts";
import { decodePalette } from "../pixelate/make.ts";
import { encodeFile, type GeneratedAsset, type SpriteDeps, type SpriteOptions } from "../sprite/make.ts";
import type { ParsedTilesetRequest } from "../tile/parse-tiles.ts";
import { describeTileset, tilesetProvenance } from "./describe.ts";
import { drawTerrains } from "./draw-terrains.ts";
import { planTileset, type TilesetPlan } from "./plan.ts";

/** Color under which engines show the air of a sidescroller. */
const SKY = "#8fc7f0";

export interface TilesetDeps extends SpriteDeps {
  loader: TileLoader;
}

export interface TilesetOptions extends SpriteOptions {
  /** Under which the set is published: its tiles are named by it. */
  assetId: string;
}

/** A plan and the tiles that are kept. */
export interface PlannedTileset {
  plan: TilesetPlan;
  kept: Map<string, PixelImage[]>;
}

/** Decodes the pictures of a request, finds the tiles it goes on from, and plans it. Throws a ServiceError. */
export async function planTerrainSet(
  { request, ignored }: ParsedTilesetRequest,
  { host, loader, chooseSeed }: TilesetDeps,
): Promise<PlannedTileset> {
  const picture = (field: "lower" | "upper" | "transition") => {
    const text = request[`${field}_reference_image`];
    return text === undefined ? null : decodeBase64Image(text, `${field}_reference_image`);
  };
  const tile = (field: "lower" | "upper") => {
    const id = request[`${field}_base_tile_id`];
    return id === undefined ? null : loader.tile(id, `${field}_base_tile_id`);
  };
  const decoded = {
    lower: await picture("lower"),
    between: await picture("transition"),
    upper: await picture("upper"),
    palettePicture: await decodePalette(request.input_palette),
  };
  const base = { lower: await tile("lower"), upper: await tile("upper") };
  const models = host.catalog().map(({ description }) => description);
  const plan = planTileset(request, { models, decoded, base, ignored, chooseSeed });
  const { base_tileset_id: setId, locked } = request;
  const kept = setId === undefined ? new Map() : await loader.tiles(setId, locked);
  return { plan, kept };
}

/**
 * Makes a complete terrain set: decode, plan, draw the textures, draw the tiles, assemble, write, encode, check. The same
 * request (resolved), model and version give the same bytes. Throws a ServiceError; `generation-failed` when a
 * combination is missing.
 */
export async function generateTileset(
  parsed: ParsedTilesetRequest,
  deps: TilesetDeps,
  options: TilesetOptions,
): Promise<GeneratedAsset> {
  const { signal, onProgress, createdAt, engines, folder } = options;
  const { plan, kept } = await planTerrainSet(parsed, deps);
  const started = performance.now();
  const terrains = await drawTerrains(plan, { host: deps.host, signal, onProgress });
  const modelDone = performance.now();
  const drawn = await drawTiles(plan, { grounds: terrains.grounds, kept, signal, onProgress });
  const drawnAt = performance.now();
  onProgress({ stage: "writing", step: 0, steps: 0 });
  const provenance = tilesetProvenance(plan, terrains.drawings, deps);
  const asset = assemble(plan, { drawn, options, provenance, grounds: terrains.grounds });
  const written = writersFor(engines, asset.kind).flatMap((writer) => writer.write(asset, { folder }));
  const files = await Promise.all(written.map(encodeFile));
  const manifest = describeTileset(plan, { asset, drawn, files, createdAt, provenance });
  const step = terrains.drawings[0]?.drawn.timings.stepMs ?? 0;
  return {
    files,
    manifest: { ...manifest, warnings: [...plan.warnings, ...terrains.warnings, ...manifest.warnings] },
    timings: {
      load: 0,
      model: modelDone - started,
      step,
      post: drawnAt - modelDone,
      encode: performance.now() - drawnAt,
    },
  };
}

interface TileWork {
  grounds: { lower: Ground; between: Ground | null; upper: Ground };
  kept: Map<string, PixelImage[]>;
  signal: AbortSignal;
  onProgress: TilesetOptions["onProgress"];
}

/** Draws the tiles one by one: the event loop gets its turn after each. */
async function drawTiles(
  plan: TilesetPlan,
  { grounds, kept, signal, onProgress }: TileWork,
): Promise<DrawnTileset> {
  const { type, layout, width, height, request, seed } = plan;
  const { shape_style, raggedness, transition_size, variants, collision } = request;
  const airMoves = (terrain: "lower" | "upper"): boolean => grounds[terrain].texture !== null;
  const work = drawTileset({
    type,
    layout,
    width,
    height,
    grounds,
    shape: { shape_style, raggedness, transition_size },
    variants,
    moving: request.animated.filter(airMoves),
    frameCount: request.animation_frames,
    collision,
    seed,
    kept,
  });
  for (;;) {
    const next = work.next();
    if (next.done) return withinColors(plan, next.value, kept);
    onProgress({ stage: "pixel-passes", step: next.value, steps: 0 });
    await nextTurn();
    if (signal.aborted) throw new ServiceError("cancelled", "The job was cancelled.");
  }
}

/** Holds the whole set to its colors. Tiles that are kept are not touched. */
function withinColors(plan: TilesetPlan, drawn: DrawnTileset, kept: Map<string, PixelImage[]>): DrawnTileset {
  const free = drawn.tiles.filter(({ name }) => !kept.has(name));
  const fixed = [
    ...[...kept.values()].flat(),
    ...Object.values(plan.terrains).flatMap((terrain) =>
      terrain?.given?.isTile ? [terrain.given.image] : [],
    ),
  ];
  const held = holdColors(
    free.flatMap(({ frames }) => frames),
    plan.colorCount,
    fixed,
  );
  const tiles = drawn.tiles.map((tile): DrawnTile => {
    return kept.has(tile.name) ? tile : { ...tile, frames: held.splice(0, tile.frames.length) };
  });
  return { ...drawn, tiles };
}

interface AssemblyParts {
  drawn: DrawnTileset;
  options: TilesetOptions;
  provenance: ReturnType<typeof tilesetProvenance>;
  grounds: TileWork["grounds"];
}

function assemble(plan: TilesetPlan, { drawn, options, provenance, grounds }: AssemblyParts): AssetPackage {
  const { type, layout, width, height, request, terrains } = plan;
  const { columns, rows } = drawn;
  const pureName = (terrain: "lower" | "upper"): string => {
    const mask = pureMask(type, terrain);
    return drawn.tiles.find(({ form, variant }) => form.mask === mask && variant === 0)?.name ?? "";
  };
  const terrain = (id: number, role: "lower" | "upper") => {
    const name = request[`${role}_name`] ?? safeName(terrains[role]?.description ?? "air");
    const { texture } = grounds[role];
    return { id, name, role, color: (texture && colorsOf(texture)[0]) ?? SKY };
  };
  const isAir = grounds.lower.texture === null;
  const images = drawn.tiles.flatMap(({ frames }) => frames);
  const colors = [...new Set(images.flatMap(colorsOf))];
  return assembleTileset({
    name: options.name,
    info: {
      type,
      layout,
      columns,
      rows,
      tile_size: { width, height },
      extrude: request.extrude,
      terrains: [terrain(0, "lower"), terrain(1, "upper")],
      base_tile_ids: {
        lower: isAir ? null : tileId(options.assetId, pureName("lower")),
        upper: tileId(options.assetId, pureName("upper")),
      },
    },
    tiles: drawn.tiles.map(({ form, name, variant, ...tile }) => {
      const { mask, corners, edges } = form;
      const probability = variant === 0 ? 1 : request.variant_probability;
      return { name, mask, corners, edges, probability, ...tile };
    }),
    frameMs: request.animation_frame_ms,
    collision: request.collision === "none" ? null : request.collision,
    sample: sampleCells(sampleMap(type), drawn.tiles),
    seed: plan.seed,
    palette: plan.palette ? { ...plan.palette, locked: true } : { name: null, colors, locked: false },
    text: { pixelkiln: JSON.stringify(provenance) },
  });
}

/** Gives the cells of a map: where a form has variants they take turns. */
function sampleCells({ columns, rows, masks }: MaskMap, tiles: readonly DrawnTile[]) {
  const seen = new Map<number, number>();
  const cells = masks.map((mask) => {
    const choices = tiles.filter(({ form }) => form.mask === mask);
    const turn = seen.get(mask) ?? 0;
    seen.set(mask, turn + 1);
    return choices[turn % choices.length]?.cell ?? 0;
  });
  return { columns, rows, cells };
}
