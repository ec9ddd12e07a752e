import type { AssetManifest, Checks, ImageInfo, Provenance } from "../../shared/asset.ts";
import type { JobProgress } from "../../shared/job.ts";
import type { ParsedRequest } from "../../shared/parse-request.ts";
import type { IgnoredParameter } from "../../shared/requests.ts";
import type { AssetPackage } from "../asset/asset-package.ts";
import type { DrawnPictures } from "../generators/drawn-pictures.ts";
import type { GenerationPlan } from "../generators/generation-plan.ts";
import type { GeneratorInfo } from "../generators/generator.ts";
import type { PixelWork, PixelWorkResult } from "../pixel/pixel-work.ts";
import type { Wardrobe } from "../wardrobe/open-wardrobe.ts";
import type { OutputFile } from "../writers/writer.ts";
import type { TileLoader } from "./published-tiles.ts";

/** The worker's half of a kind. Both steps are deterministic: the same request and models give the same bytes. */
export interface KindMaker<R = unknown, P extends KindPlan = KindPlan> {
  /** Decodes the pictures of a request and resolves every default. Throws a ServiceError that names the field. */
  plan(parsed: ParsedRequest<R>, context: PlanContext): Promise<P>;
  /** Draws a plan and assembles the asset. Throws a ServiceError. */
  draw(plan: P, tools: DrawTools): Promise<Drawing>;
}

/**
 * A request with every default resolved. It is stored with the job, so it is a plain value (structured clone) without
 * pictures larger than a sprite; larger ones are decoded from the request again.
 */
export interface KindPlan {
  /** The request with every field resolved. Sent again, it gives the same bytes. */
  resolved: Record<string, unknown>;
  ignored: IgnoredParameter[];
  warnings: string[];
  /** What to generate, in order, all with one model; empty if no generator is needed. */
  generations: readonly GenerationPlan[];
  /** Hash of the wardrobe that dressed who it shows, if one did: with another one the plan is made anew. */
  wardrobe?: string;
  /** Estimated ms of the work other than generating. */
  pixelMs: number;
}

export interface PlanContext {
  /** The installed generators; the first is the default. */
  models: readonly GeneratorInfo[];
  /** Opens the parts that characters are composed of. */
  wardrobe: OpenWardrobe;
  /** Finds published tiles. */
  tiles: TileLoader;
  /** Gives a uint32 for a request without a seed. */
  chooseSeed: () => number;
}

/** Opens the wardrobe, once. Throws `model-unavailable` if there is none. */
export type OpenWardrobe = () => Promise<Wardrobe>;

/** What a maker draws with. Work can be cancelled at every await. */
export interface DrawTools {
  /** File stem: a SafeName. */
  name: string;
  /** The id the asset is published under; tile ids start with it. */
  assetId: string;
  /** Version of this program, for provenance. */
  version: string;
  models: readonly GeneratorInfo[];
  wardrobe: OpenWardrobe;
  /** Has a generator draw the pictures of a plan, and finishes them. */
  generate(plan: GenerationPlan, onProgress?: (progress: JobProgress) => void): Promise<DrawnPictures>;
  /** Does pixel work frame by frame. */
  runPixels(work: PixelWork): Promise<PixelWorkResult>;
  onProgress: (progress: JobProgress) => void;
  /** Yields to the event loop. Throws `cancelled` if the job was. */
  pause(): Promise<void>;
}

/** An assembled drawing: everything that its files and manifest are made from. */
export interface Drawing {
  asset: AssetPackage;
  provenance: Provenance;
  checks: Checks;
  warnings: string[];
  /** Present if the manifest describes the sheet as one picture instead of each frame. */
  sheet?: Pick<ImageInfo, "seed" | "pivot" | "exemplars">;
  /** Colors of each frame, most frequent first, if they are known already. */
  colors?: readonly string[][];
  /** Files besides those of the writers. */
  extraFiles?: OutputFile[];
  /** Fields of the manifest that other kinds do not have. */
  about?: Pick<
    AssetManifest,
    "grid" | "layout" | "tileset" | "animation" | "character" | "effect" | "unmet_words"
  >;
  /** ms spent on loading a model (0 if loaded already), all generating, one denoising step, and pixel work. */
  timings: { load: number; model: number; step: number; post: number };
}
