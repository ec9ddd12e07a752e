import type { AssetManifest } from "../../shared/asset.ts";
import type { JobProgress } from "../../shared/job.ts";
import type { ProjectInfo } from "../../shared/project.ts";
import type { KilnOrder } from "./kiln-file.ts";

/** What was made from a kiln file: bytes that are not on disk yet. */
export interface MadeAsset {
  files: { path: string; bytes: Uint8Array }[];
  manifest: Pick<AssetManifest, "kind" | "request" | "warnings" | "ignored_parameters" | "provenance">;
}

export interface MakeHooks {
  /** Aborted when the asset is no longer wanted. */
  signal: AbortSignal;
  onProgress: (progress: JobProgress) => void;
}

/** What draws kiln files: this program's own workers, or a service. */
export interface KilnMaker {
  /** What decides the bytes besides the request. */
  facts: Pick<ProjectInfo, "version" | "models">;
  /** Makes the files of an order; the same order and facts give the same bytes. Throws a ServiceError. */
  make(order: KilnOrder, hooks: MakeHooks): Promise<MadeAsset>;
  close(): Promise<void>;
}
