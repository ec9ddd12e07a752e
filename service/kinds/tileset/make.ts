import type { Provenance } from "../../../shared/asset.ts";
import { assembleTileset } from "../../asset/assemble-tileset.ts";
import type { AssetPackage } from "../../asset/asset-package.ts";
import { colorsOf } from "../../pixel/colors-of.ts";
import type { PixelImage } from "../../pixel/image.ts";
import { type DrawnTile, type DrawnTileset, drawTileset } from "../../terrain/draw-tileset.ts";
import type { Ground } from "../../terrain/ground.ts";
import { holdColors } from "../../terrain/hold-colors.ts";
import { type MaskMap, sampleMap } from "../../terrain/sample-map.ts";
import { pureMask } from "../../terrain/tile-forms.ts";
import { safeName } from "../../words/safe-name.ts";
import { decodePalette, decodePicture } from "../decode-pictures.ts";
import { paletteOf, textOf } from "../describe.ts";
import type { DrawTools, KindMaker, KindPlan } from "../maker.ts";
import { tileId } from "../tile-id.ts";
import { checkSet, tilesetProvenance } from "./describe.ts";
import { drawTerrains } from "./draw-terrains.ts";
import { planTileset, TERRAIN_ROLES, type TilesetPlan } from "./plan.ts";
import type { TilesetRequest } from "./request.ts";

/** The color that engines show for the air of a sidescroller. */
const SKY = "#8fc7f0";
/** ms to draw the tiles of a set and to write its files. */
const USUAL_MS = 400;

interface StoredPlan extends TilesetPlan, KindPlan {
  /** Tiles of an earlier set that stay as they are, by name. */
  kept: Map<string, PixelImage[]>;
}

/** Plans and draws complete tilesets. */
export const tilesetMaker: KindMaker<TilesetRequest, StoredPlan> = {
  async plan({ request, ignored }, { models, tiles, chooseSeed }) {
    const picture = (field: "lower" | "upper" | "transition") =>
      decodePicture(request[`${field}_reference_image`], `${field}_reference_image`);
    const tile = (field: "lower" | "upper") => {
      const id = request[`${field}_base_tile_id`];
      return id === undefined ? null : tiles.tile(id, `${field}_base_tile_id`);
    };
    const decoded = {
      lower: await picture("lower"),
      between: await picture("transition"),
      upper: await picture("upper"),
      palettePicture: await decodePalette(request.input_palette),
    };
    const base = { lower: await tile("lower"), upper: await tile("upper") };
    const plan = planTileset(request, { models, decoded, base, ignored, chooseSeed });
    const { base_tileset_id: setId, locked } = request;
    const kept = setId === undefined ? new Map() : await tiles.tiles(setId, locked);
    const generations = TERRAIN_ROLES.flatMap((role) => plan.terrains[role]?.generation ?? []);
    return { ...plan, kept, generations, pixelMs: USUAL_MS };
  },
  async draw(plan, tools) {
    const started = performance.now();
    const terrains = await drawTerrains(plan, tools);
    const modelDone = performance.now();
    const { grounds } = terrains;
    const drawn = await drawTiles(plan, { grounds, kept: plan.kept, tools });
    const provenance = tilesetProvenance(plan, terrains.drawings, tools);
    const asset = assemble(plan, { drawn, tools, provenance, grounds });
    const { checks, warnings } = checkSet(plan, asset, drawn);
    return {
      asset,
      provenance,
      checks,
      warnings: [...terrains.warnings, ...warnings],
      sheet: { seed: plan.seed, pivot: { x: 0, y: 0 }, exemplars: provenance.exemplars },
      ...(asset.tileset ? { about: { tileset: asset.tileset.info } } : {}),
      timings: {
        load: 0,
        model: modelDone - started,
        step: terrains.drawings[0]?.drawn.timings.stepMs ?? 0,
        post: performance.now() - modelDone,
      },
    };
  },
};

interface TileWork {
  grounds: { lower: Ground; between: Ground | null; upper: Ground };
  kept: Map<string, PixelImage[]>;
  tools: DrawTools;
}

/** Draws the tiles one by one, and can be cancelled after each. */
async function drawTiles(plan: TilesetPlan, { grounds, kept, tools }: TileWork): Promise<DrawnTileset> {
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
    tools.onProgress({ stage: "pixel-passes", step: next.value, steps: 0 });
    await tools.pause();
  }
}

/** Applies the palette to the whole set, except locked tiles. */
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
  tools: DrawTools;
  provenance: Provenance;
  grounds: TileWork["grounds"];
}

function assemble(plan: TilesetPlan, { drawn, tools, provenance, grounds }: AssemblyParts): AssetPackage {
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
  return assembleTileset({
    name: tools.name,
    info: {
      type,
      layout,
      columns,
      rows,
      tile_size: { width, height },
      extrude: request.extrude,
      terrains: [terrain(0, "lower"), terrain(1, "upper")],
      base_tile_ids: {
        lower: isAir ? null : tileId(tools.assetId, pureName("lower")),
        upper: tileId(tools.assetId, pureName("upper")),
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
    palette: paletteOf(plan.palette, images),
    text: textOf(provenance),
  });
}

/** Gives the cells of a map; variants take turns. */
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
