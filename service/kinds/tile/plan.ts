import { invalidParameter } from "../../../shared/errors.ts";
import { refused } from "../../../shared/parse-request.ts";
import { withoutUndefined } from "../../../shared/records.ts";
import { type IgnoredParameter, SpriteRequest } from "../../../shared/requests.ts";
import { type GenerationPlan, mayDrawByRules } from "../../generators/generation-plan.ts";
import type { GeneratorInfo } from "../../generators/generator.ts";
import type { PixelImage } from "../../pixel/image.ts";
import type { PixelWork } from "../../pixel/pixel-work.ts";
import { usualSeam } from "../../pixel/repair-seam.ts";
import { readPalette } from "../../recipes/plan-colors.ts";
import { planSprite } from "../../recipes/sprite.ts";
import { findStyle } from "../../recipes/styles.ts";
import { continueNeighbors, edgeMask, type Neighbors, SIDES } from "../../terrain/match-edges.ts";
import { isDrawnGround } from "../../terrain/terrain-words.ts";
import type { TileRequest } from "./request.ts";

/** Default edge of a tile. */
const TILE_EDGE = 32;
/** Pixels of a neighbor's continuation that a model keeps: one cell of the embedded model's latent. */
const KEPT_DEPTH = 4;
/** Divides the tile's edge to give how far the edges of neighbors reach. */
const REACH_SHARE = 4;

/** The style whose surfaces are settled into clusters of pixels, and how many colors they have. */
const SETTLED_STYLE = "texture";
const SETTLED_COLORS = 16;

/** A resolved tile request: surfaces to draw, or pixel work on the user's tile. */
export interface TilePlan {
  /** Null if a tile is repaired. */
  generation: GenerationPlan | null;
  /** Whether it is a plain ground, which rules draw instead of the model. */
  isGround: boolean;
  repair: PixelWork | null;
  width: number;
  height: number;
  tileX: boolean;
  tileY: boolean;
  neighbors: Neighbors;
  /** How many pixels the edge of a neighbor reaches into the tile. */
  depth: number;
  /** Colors of a surface that is settled into clusters; null: it stays as drawn. */
  settle: number | null;
  /** Whole-number enlargement at the end. */
  enlarge: number;
  model: string;
  prompt: string;
  seed: number | null;
  palette: GenerationPlan["palette"];
  ignored: IgnoredParameter[];
  warnings: string[];
  /** The request with every field resolved. Sent again, it gives the same bytes. */
  resolved: Record<string, unknown>;
}

/** What a tile plan needs besides the request. */
export interface TileContext {
  models: readonly GeneratorInfo[];
  decoded: { inputImage: PixelImage | null; palettePicture: PixelImage | null; neighbors: Neighbors };
  ignored: readonly IgnoredParameter[];
  chooseSeed: () => number;
}

/** Turns a tile request into a plan. Pure. Throws a ServiceError that names the field. */
export function planTile(request: TileRequest, context: TileContext): TilePlan {
  return request.repair ? planRepair(request, context) : planDrawing(request, context);
}

function planRepair(request: TileRequest, { decoded, ignored: before }: TileContext): TilePlan {
  const { tile_x: tileX, tile_y: tileY } = request;
  const input = decoded.inputImage;
  if (!input) throw invalidParameter("input_image", "nothing", "the tile to repair");
  if (!tileX && !tileY) throw invalidParameter("tile_x", "false", "tile_x or tile_y to be true");
  const { width, height } = input;
  const ignored = [...before];
  if (request.match_edges)
    ignored.push({ name: "match_edges", reason: "repair fixes only the tile's own seams" });
  if (request.num_images > 1) ignored.push({ name: "num_images", reason: "a repair has one result" });
  if (request.strict && ignored.length > 0) throw refused(ignored);
  const seamWidth = request.seam_width ?? usualSeam(input);
  const task = { task: "repair-seam", tileX, tileY, seamWidth } as const;
  const measure = { palette: null, tileX, tileY };
  const enlarge = request.upscale_output_factor ?? 1;
  return {
    generation: null,
    isGround: false,
    repair: { frames: [input], task, enlarge: 1, mostPixelColors: null, measure },
    width,
    height,
    tileX,
    tileY,
    neighbors: {},
    depth: 0,
    settle: null,
    enlarge,
    model: "",
    prompt: request.prompt,
    seed: null,
    palette: readPalette(undefined, null),
    ignored,
    warnings: [],
    resolved: { ...withoutUndefined(request), seam_width: Math.min(16, seamWidth), num_images: 1 },
  };
}

function planDrawing(request: TileRequest, context: TileContext): TilePlan {
  const width = request.width ?? TILE_EDGE;
  const height = request.height ?? width;
  const { neighbors } = context.decoded;
  checkNeighbors(neighbors, width, height);
  // An edge that fits a neighbor cannot also fit the tile's own opposite edge.
  const tileX = request.tile_x && !neighbors.left && !neighbors.right;
  const tileY = request.tile_y && !neighbors.top && !neighbors.bottom;
  const matches = SIDES.some((side) => neighbors[side]);
  const ignored =
    request.seam_width === undefined ? [] : [{ name: "seam_width", reason: "only repair uses it" }];
  if (request.strict && ignored.length > 0) throw refused(ignored);
  const { match_edges, repair, seam_width, ...fields } = request;
  const continued = matches ? continueNeighbors({ width, height }, neighbors) : null;
  const start = context.decoded.inputImage ?? continued;
  const plan = planSprite(
    SpriteRequest.parse({ ...fields, width, height, tile_x: tileX, tile_y: tileY, remove_bg: false }),
    {
      models: context.models,
      decoded: { inputImage: start, palettePicture: context.decoded.palettePicture },
      ignored: [...context.ignored, ...ignored],
      chooseSeed: context.chooseSeed,
    },
  );
  const model = context.models.find(({ id }) => id === plan.model);
  const settles = tileX && tileY && start === null && isPlain(request);
  // Enlarging comes after the seams. Surfaces that are settled into clusters are not flattened first.
  const later: readonly string[] = ["upscale-nearest", ...(settles ? ["flatten", "despeckle"] : [])];
  const generation = {
    ...plan,
    passes: plan.passes.filter(({ pass }) => !later.includes(pass)),
    pictures: plan.pictures.map((picture) => {
      const fits = picture.width === width && picture.height === height;
      if (!continued || !fits || !model?.controls.includes("known")) return picture;
      return { ...picture, known: continued, mask: edgeMask({ width, height }, neighbors, KEPT_DEPTH) };
    }),
  };
  return {
    generation,
    isGround: drawsGround(request.prompt, plan, context.decoded.inputImage),
    repair: null,
    width,
    height,
    tileX,
    tileY,
    neighbors,
    depth: Math.max(2, Math.floor(Math.min(width, height) / REACH_SHARE)),
    settle: settles ? Number(plan.resolved.color_count ?? SETTLED_COLORS) : null,
    enlarge: request.upscale_output_factor ?? 1,
    model: plan.model,
    prompt: request.prompt,
    seed: plan.pictures[0]?.seed ?? 0,
    palette: plan.palette,
    ignored: plan.ignored,
    warnings: plan.warnings,
    resolved: resolveTile(request, plan, { width, height, tileX, tileY }),
  };
}

/** Plain grounds are drawn by rules, unless the request has the model draw from text alone or from a picture. */
function drawsGround(prompt: string, plan: GenerationPlan, start: PixelImage | null): boolean {
  return start === null && mayDrawByRules(plan) && isDrawnGround(prompt);
}

/** Whether a surface is settled: drawn in the default style, without dithering, which clusters would undo. */
function isPlain({ prompt_style: style, dither_mode: dither }: TileRequest): boolean {
  return findStyle(style)?.id === SETTLED_STYLE && (dither === undefined || dither === "none");
}

/** Gives the resolved request; only repairs have a seam_width. */
function resolveTile(
  { seam_width, ...request }: TileRequest,
  { resolved, style }: GenerationPlan,
  { width, height, tileX, tileY }: Pick<TilePlan, "width" | "height" | "tileX" | "tileY">,
): Record<string, unknown> {
  const { input_palette, color_count, model, seed, steps, guidance_scale, exemplars } = resolved;
  const decided = { input_palette, color_count, model, seed, steps, guidance_scale, exemplars };
  return withoutUndefined({
    ...request,
    ...decided,
    width,
    height,
    prompt_style: style,
    tile_x: tileX,
    tile_y: tileY,
  });
}

function checkNeighbors(neighbors: Neighbors, width: number, height: number): void {
  for (const side of SIDES) {
    const image = neighbors[side];
    if (!image) continue;
    const [edge, wanted] =
      side === "left" || side === "right" ? [image.height, height] : [image.width, width];
    if (edge === wanted) continue;
    const name = side === "left" || side === "right" ? "high" : "wide";
    throw invalidParameter(`match_edges.${side}`, `a picture ${edge} pixels ${name}`, `${wanted} pixels`);
  }
}
