import type { AssetManifest, Checks, ImageInfo, Provenance } from "../../shared/asset.ts";
import type { JobProgress } from "../../shared/job.ts";
import type { ParsedRequest } from "../../shared/parse-request.ts";
import type { IgnoredParameter } from "../../shared/requests.ts";
import type { AssetPackage } from "../asset/asset-package.ts";
import type { DrawnPictures } from "../generators/drawn-pictures.ts";
import type { GeneratorInfo } from "../generators/generator.ts";
import type { PixelWork, PixelWorkResult } from "../pixel/pixel-work.ts";
import type { GenerationPlan } from "../generators/generation-plan.ts";
import type { OutputFile } from "../writers/writer.ts";
import type { TileLoader } from "./published-tiles.ts";

/** The worker's side of a kind. Both steps are deterministic: the same request and models give the same bytes. */
export interface KindMaker<R = unknown, P extends KindPlan = KindPlan> {
  /** Decodes the pictures of a request and resolves every default. Throws a ServiceError that names the field. */
  plan(parsed: ParsedRequest<R>, context: PlanContext): Promise<P>;
  /** Draws a plan and puts the asset together. Throws a ServiceError. */
  draw(plan: P, tools: DrawTools): Promise<Drawing>;
}

/**
 * A request without a default left. It is stored with the job, so it is a plain value (structured clone), and it holds
 * no picture larger than a sprite: larger ones are decoded from the request again.
 */
export interface KindPlan {
  /** The request with every field resolved: sent again it gives the same bytes. */
  resolved: Record<string, unknown>;
  ignored: IgnoredParameter[];
  warnings: string[];
  /** What has to be generated, in order; empty where no generator draws. All of one model. */
  generations: readonly GenerationPlan[];
  /** Estimate of the work beside generating, in ms. */
  pixelMs: number;
}

export interface PlanContext {
  /** The generators on hand; the first is the default. */
  models: readonly GeneratorInfo[];
  /** Reads a file that lies beside a model, or null where there is none. */
  readModelFile: ReadModelFile;
  /** Finds tiles that were published before. */
  tiles: TileLoader;
  /** Gives a uint32 when the request has no seed. */
  chooseSeed: () => number;
}

/** Reads a file of a model's folder by its path in it; null when it is not there. `model` undefined = the first. */
export type ReadModelFile = (model: string | undefined, path: string) => Promise<Uint8Array | null>;

/** What a maker draws with. Work may be cancelled at every await. */
export interface DrawTools {
  /** File stem: a SafeName. */
  name: string;
  /** Under which the asset is published: tiles are named by it. */
  assetId: string;
  /** Version of this program, for the provenance. */
  version: string;
  models: readonly GeneratorInfo[];
  readModelFile: ReadModelFile;
  /** Lets a generator draw the pictures of a plan, and finishes them. */
  generate(plan: GenerationPlan, onProgress?: (progress: JobProgress) => void): Promise<DrawnPictures>;
  /** Does pixel work frame by frame. */
  runPixels(work: PixelWork): Promise<PixelWorkResult>;
  onProgress: (progress: JobProgress) => void;
  /** Lets a cancel in. Throws `cancelled` after one. */
  pause(): Promise<void>;
}

/** What was drawn, assembled: everything that files and manifest are made of. */
export interface Drawing {
  asset: AssetPackage;
  provenance: Provenance;
  checks: Checks;
  warnings: string[];
  /** Present where the manifest describes the sheet as one picture instead of each frame. */
  sheet?: Pick<ImageInfo, "seed" | "pivot" | "exemplars">;
  /** Colors of each frame where they are known already, the most frequent first. */
  colors?: readonly string[][];
  /** Files beside those of the writers. */
  extraFiles?: OutputFile[];
  /** What the manifest says beside what all kinds say. */
  about?: Pick<AssetManifest, "grid" | "layout" | "tileset" | "animation">;
  /** ms of loading a model (0 when it was loaded), all generating, one denoising step, and pixel work. */
  timings: { load: number; model: number; step: number; post: number };
}
