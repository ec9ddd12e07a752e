import { invalidParameter } from "../../../shared/errors.ts";
import { refused } from "../../../shared/parse-request.ts";
import { type IgnoredParameter, SpriteRequest } from "../../../shared/requests.ts";
import { type GenerationPlan, mayDrawByRules } from "../../generators/generation-plan.ts";
import type { GeneratorInfo } from "../../generators/generator.ts";
import type { PixelImage } from "../../pixel/image.ts";
import { readPalette } from "../../recipes/plan-colors.ts";
import { planSprite } from "../../recipes/sprite.ts";
import { findStyle } from "../../recipes/styles.ts";
import { drawGround } from "../../terrain/draw-ground.ts";
import { defaultLayout, layOutTileset } from "../../terrain/tileset-layout.ts";
import type { TilesetRequest } from "./request.ts";
import { listIgnoredOfTileset, resolveTileset } from "./resolve.ts";

/** Edge of the surface that a texture is drawn on, as in the styles for surfaces. */
const TEXTURE_EDGE = 32;
/** Drawings per terrain, of which the best is used. */
const TRIES = 4;
/** Distance between the seeds of a set's terrains, so that they share no noise: 2^32 / golden ratio. */
const TERRAIN_SEED_STEP = 0x9e3779b1;
/** Default number of colors of a set. */
const COLOR_COUNT = 24;
/** How many of them edges may use. */
const EDGE_COLORS = 8;
/** Colors that each drawing keeps until the whole set is held to one palette. */
const MOST_DRAWN_COLORS = 64;
/** A texture with more colors than this looks noisy. */
const MOST_TEXTURE_COLORS = 7;

export const TERRAIN_ROLES = ["lower", "between", "upper"] as const;
export type TerrainRole = (typeof TERRAIN_ROLES)[number];

/** Where the texture of a terrain comes from: a model or rules draw it, or the user's own is kept as it is. */
export interface TerrainPlan {
  description: string;
  /** Null if the user gives a texture, or rules draw it. */
  generation: GenerationPlan | null;
  /** A plain ground, the one that a tile with this description and seed shows; null if it is no such. */
  ground: PixelImage | null;
  /** A tile of an earlier set, or a picture of any size (`exact`: the size of a tile). */
  given: { image: PixelImage; exact: boolean; isTile: boolean } | null;
}

/** Everything a tileset needs, with every default resolved. */
export interface TilesetPlan {
  type: TilesetRequest["tileset_type"];
  layout: NonNullable<TilesetRequest["layout"]>;
  width: number;
  height: number;
  terrains: Record<TerrainRole, TerrainPlan | null>;
  /** The request, for what is drawn around the textures. */
  request: TilesetRequest;
  model: string;
  seed: number;
  colorCount: number;
  textureColors: number;
  palette: GenerationPlan["palette"];
  ignored: IgnoredParameter[];
  warnings: string[];
  /** The request with every field resolved. Sent again, it gives the same bytes. */
  resolved: Record<string, unknown>;
}

/** What a tileset plan needs besides the request. */
export interface TilesetContext {
  models: readonly GeneratorInfo[];
  /** Pictures of the request, decoded. */
  decoded: Record<TerrainRole, PixelImage | null> & { palettePicture: PixelImage | null };
  /** Tiles of earlier sets to continue, decoded. */
  base: { lower: PixelImage | null; upper: PixelImage | null };
  ignored: readonly IgnoredParameter[];
  chooseSeed: () => number;
}

/**
 * Turns a tileset request into a plan. Pure. Throws a ServiceError that names the field: `invalid-request`, or
 * `ignored-parameter` in strict mode.
 */
export function planTileset(request: TilesetRequest, context: TilesetContext): TilesetPlan {
  const size = tileSize(request);
  const seed = request.seed ?? context.chooseSeed();
  // A stored job has these already; they must not be reported twice.
  const all = [...context.ignored, ...listIgnoredOfTileset(request)];
  const ignored = [...new Map(all.map((one) => [one.name, one])).values()];
  if (request.strict && ignored.length > 0) throw refused(ignored);
  const warnings: string[] = [];
  const descriptions = describeTerrains(request, warnings);
  const terrains: TilesetPlan["terrains"] = { lower: null, between: null, upper: null };
  for (const [i, role] of TERRAIN_ROLES.entries()) {
    const description = descriptions[role];
    const given = givenTexture(role, context, size);
    if (description === null) continue;
    const terrainSeed = (seed + i * TERRAIN_SEED_STEP) % 2 ** 32;
    const generation = given
      ? null
      : planTexture(description, request, { seed: terrainSeed, models: context.models });
    const ground =
      generation && mayDrawByRules(generation) ? drawGround(description, { ...size, seed }) : null;
    terrains[role] = { description, generation: ground ? null : generation, ground, given };
  }
  const named = request.input_palette ?? findStyle(request.prompt_style)?.palette;
  const palette = readPalette(named, context.decoded.palettePicture);
  const colorCount = request.color_count ?? palette?.colors.length ?? COLOR_COUNT;
  const count = Object.values(terrains).filter((terrain) => terrain !== null).length;
  const forTextures = Math.floor((colorCount - EDGE_COLORS) / count);
  const layout = request.layout ?? defaultLayout(request.tileset_type);
  layOutTileset(request.tileset_type, layout, request.variants);
  const model = request.model ?? context.models[0]?.id ?? "";
  return {
    type: request.tileset_type,
    layout,
    ...size,
    terrains,
    request,
    model,
    seed,
    colorCount,
    textureColors: Math.max(2, Math.min(MOST_TEXTURE_COLORS, forTextures)),
    palette,
    ignored,
    warnings,
    resolved: resolveTileset(request, { layout, seed, model, colorCount, palette }),
  };
}

function tileSize({ tile_size: size }: TilesetRequest): { width: number; height: number } {
  return typeof size === "number" ? { width: size, height: size } : size;
}

/** Gives the terrains of a set in words; an unnamed second terrain is plain dirt. */
function describeTerrains(request: TilesetRequest, warnings: string[]): Record<TerrainRole, string | null> {
  const { upper_description: upper, transition_description: transition } = request;
  const between = transition === "" ? null : transition;
  if (request.tileset_type === "sidescroller") {
    if (request.lower_description)
      warnings.push("The lower terrain of a sidescroller is air, so lower_description is not drawn.");
    return { lower: null, between, upper };
  }
  const lower = request.lower_description ?? "";
  if (lower === "") warnings.push("There is no lower_description, so the lower terrain is bare earth.");
  return { lower: lower === "" ? "dirt" : lower, between, upper };
}

/** Plans a terrain as a surface. The palette is applied later, to the whole set at once. */
function planTexture(
  prompt: string,
  { model, steps, guidance_scale, exemplars, prompt_style }: TilesetRequest,
  { seed, models }: { seed: number; models: readonly GeneratorInfo[] },
): GenerationPlan {
  const asked = { model, steps, guidance_scale, exemplars };
  const given = Object.entries(asked).filter(([, value]) => value !== undefined);
  const request = SpriteRequest.parse({
    ...Object.fromEntries(given),
    prompt,
    prompt_style,
    seed,
    width: TEXTURE_EDGE,
    height: TEXTURE_EDGE,
    num_images: TRIES,
    tile_x: true,
    tile_y: true,
    color_count: MOST_DRAWN_COLORS,
  });
  const decoded = { inputImage: null, palettePicture: null };
  const plan = planSprite(request, { models, decoded, ignored: [], chooseSeed: () => seed });
  // Textures are settled into clusters at tile size. Flattening first would lose fine grain, such as that of water.
  return { ...plan, passes: plan.passes.filter(({ pass }) => pass !== "flatten" && pass !== "despeckle") };
}

function givenTexture(
  role: TerrainRole,
  { base, decoded }: TilesetContext,
  size: { width: number; height: number },
): TerrainPlan["given"] {
  const fits = (image: PixelImage): boolean => image.width === size.width && image.height === size.height;
  const tile = role === "between" ? null : base[role];
  if (tile && !fits(tile)) {
    const expected = `a tile of ${size.width}x${size.height}, the tile_size`;
    throw invalidParameter(`${role}_base_tile_id`, `a tile of ${tile.width}x${tile.height}`, expected);
  }
  const image = tile ?? decoded[role];
  return image && { image, exact: fits(image), isTile: tile !== null };
}
