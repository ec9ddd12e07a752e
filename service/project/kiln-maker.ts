import type { AssetManifest } from "../../shared/asset.ts";
import type { JobProgress } from "../../shared/job.ts";
import type { ProjectInfo } from "../../shared/project.ts";
import type { KilnOrder } from "./kiln-file.ts";

/** What was made of a kiln file: bytes that lie nowhere yet. */
export interface MadeAsset {
  files: { path: string; bytes: Uint8Array }[];
  manifest: Pick<AssetManifest, "kind" | "request" | "warnings" | "ignored_parameters" | "provenance">;
}

export interface MakeHooks {
  /** Aborted when nobody wants the asset any more. */
  signal: AbortSignal;
  onProgress: (progress: JobProgress) => void;
}

/** Who draws what kiln files ask for: a model host of this process, or a service. */
export interface KilnMaker {
  /** What decides bytes beside the request. */
  facts: Pick<ProjectInfo, "version" | "models">;
  /** Makes the files of an order; the same order and facts give the same bytes. Throws a ServiceError. */
  make(order: KilnOrder, hooks: MakeHooks): Promise<MadeAsset>;
  close(): Promise<void>;
}
