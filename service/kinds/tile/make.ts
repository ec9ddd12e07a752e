import type { Checks } from "../../../shared/asset.ts";
import { assembleSprites } from "../../asset/assemble-sprites.ts";
import type { DrawnPictures } from "../../generators/drawn-pictures.ts";
import { colorsOf } from "../../pixel/colors-of.ts";
import type { PixelImage } from "../../pixel/image.ts";
import { measureImages } from "../../pixel/measure.ts";
import { parseHex } from "../../pixel/parse-hex.ts";
import { runPasses } from "../../pixel/run-passes.ts";
import { snapPalette } from "../../pixel/snap-palette.ts";
import { upscaleNearest } from "../../pixel/upscale-nearest.ts";
import { drawGround } from "../../terrain/draw-ground.ts";
import { edgeRatio, matchEdges, type Neighbors, SIDES } from "../../terrain/match-edges.ts";
import { rollToCalmest } from "../../terrain/quiet-border.ts";
import { settleTexture } from "../../terrain/settle-texture.ts";
import { decodePalette, decodePicture } from "../decode-pictures.ts";
import { generatedProvenance, paletteOf, plainProvenance, seamWarnings, textOf } from "../describe.ts";
import type { DrawTools, KindMaker, KindPlan, PlanContext } from "../maker.ts";
import { isTileId } from "../tile-id.ts";
import { planTile, type TilePlan } from "./plan.ts";
import type { TileRequest } from "./request.ts";

type StoredPlan = TilePlan & KindPlan;

/** Plans and draws tiles: seamless surfaces, a tile between neighbors, or a repaired one. */
export const tileMaker: KindMaker<TileRequest, StoredPlan> = {
  async plan({ request, ignored }, { models, tiles, chooseSeed }) {
    const decoded = {
      inputImage: await decodePicture(request.input_image, "input_image"),
      palettePicture: await decodePalette(request.input_palette),
      neighbors: await readNeighbors(request, tiles),
    };
    const plan = planTile(request, { models, decoded, ignored, chooseSeed });
    return { ...plan, generations: plan.generation && !plan.isGround ? [plan.generation] : [], pixelMs: 0 };
  },
  async draw(plan, tools) {
    const { images, drawn, timings } = await makeTiles(plan, tools);
    const { prompt, seed } = plan;
    const provenance =
      plan.generation && drawn
        ? generatedProvenance(plan.generation, drawn, tools)
        : plainProvenance(tools.version, plan.isGround ? { prompt, seed } : {});
    const pictures = images.map((image, i) => ({
      image: upscaleNearest(image, plan.enlarge),
      seed: plan.generation?.pictures[i]?.seed ?? null,
      exemplars: drawn?.pictures[i]?.exemplars ?? [],
    }));
    const palette = paletteOf(plan.palette, images);
    const asset = assembleSprites({ name: tools.name, pictures, palette, text: textOf(provenance) });
    const checks = checkTiles(plan, images);
    return { asset: { ...asset, kind: "tile" }, provenance, checks, warnings: warningsOf(checks), timings };
  },
};

async function readNeighbors(
  { match_edges: edges }: TileRequest,
  tiles: PlanContext["tiles"],
): Promise<Neighbors> {
  const neighbors: Neighbors = {};
  for (const side of SIDES) {
    const text = edges?.[side];
    const field = `match_edges.${side}`;
    const image =
      text !== undefined && isTileId(text) ? await tiles.tile(text, field) : await decodePicture(text, field);
    if (image) neighbors[side] = image;
  }
  return neighbors;
}

async function makeTiles(plan: TilePlan, tools: DrawTools) {
  const started = performance.now();
  if (plan.repair) {
    const { frames: images } = await tools.runPixels(plan.repair);
    const timings = { load: 0, model: 0, step: 0, post: performance.now() - started };
    return { images, drawn: null, timings };
  }
  if (plan.isGround) {
    const images = drawGrounds(plan).map((image) => finishTile(plan, image, true));
    return {
      images,
      drawn: null,
      timings: { load: 0, model: 0, step: 0, post: performance.now() - started },
    };
  }
  if (!plan.generation) throw new Error("A tile plan has nothing to draw.");
  const drawn: DrawnPictures = await tools.generate(plan.generation);
  const drawnAt = performance.now();
  const images = drawn.pictures.map(({ image, exemplars }) => finishTile(plan, image, exemplars.length > 0));
  const { loadMs: load, modelMs: model, stepMs: step, postMs } = drawn.timings;
  return { images, drawn, timings: { load, model, step, post: postMs + performance.now() - drawnAt } };
}

/** Draws a plain ground once a seed, in the colors of the request. */
function drawGrounds({ generation, prompt, width, height }: TilePlan): PixelImage[] {
  return (generation?.pictures ?? []).flatMap(({ seed }) => {
    const ground = drawGround(prompt, { width, height, seed });
    return ground ? [runPasses(ground, generation?.passes ?? []).image] : [];
  });
}

/**
 * A tile that repeats may be shifted freely; one between neighbors takes their edges. `isArt`: it is pixel art already,
 * whose pixels are kept.
 */
function finishTile(plan: TilePlan, image: PixelImage, isArt: boolean): PixelImage {
  const { width, height, tileX, tileY, neighbors, depth, palette, settle } = plan;
  const colors = new Set(Object.values(neighbors).flatMap(colorsOf));
  if (colors.size > 0) {
    // Next to neighbors, a tile takes their colors unless the request has a palette.
    const held = palette ? image : snapPalette(image, [...colors].map(parseHex));
    return matchEdges(held, neighbors, depth);
  }
  if ((!tileX && !tileY) || plan.isGround) return image;
  const settles = settle !== null && !isArt;
  const settled = settles
    ? settleTexture(image, { width, height, colorCount: settle, usualColor: null })
    : image;
  const held = settles && palette ? snapPalette(settled, palette.colors.map(parseHex)) : settled;
  return rollToCalmest(held, { x: tileX, y: tileY });
}

/** Measures seams before any enlargement: against the neighbors if there are any, else against the tile itself. */
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
  const { duplicate_images: same } = checks;
  return [...(same > 0 ? [`${same} images repeat an earlier one.`] : []), ...seamWarnings(checks)];
}
