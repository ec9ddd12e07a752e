import type { AssetAnswer, ModelInfo, PaletteInfo, StyleInfo } from "../../shared/answers.ts";
import type { AssetList, Readiness } from "../../shared/api.ts";
import type { AssetManifest } from "../../shared/asset.ts";
import type { Job, JobState } from "../../shared/job.ts";
import type { PlacedAsset, ProjectInfo } from "../../shared/project.ts";
import type { EventBus } from "../events/bus.ts";
import type { JobDoor } from "../jobs/accept.ts";
import type { Editor } from "../jobs/editor.ts";
import type { StudioFile } from "../studio-files.ts";

export interface AssetFile {
  bytes: Uint8Array;
  mediaType: string;
  sha256: string;
}

/** Everything the HTTP service needs of the rest. What is not found is null; what is refused is a ServiceError. */
export interface HttpDeps {
  version: string;
  /** What stands in the project's mark file since this start (see Readiness). */
  instance: string;
  /** Aborted when the service begins to stop: no job is accepted any more. */
  stopping: AbortSignal;
  /** Aborted when the grace time is over: streams end, waiting answers say so. */
  stopped: AbortSignal;
  door: JobDoor;
  editor: Editor;
  jobs: {
    /** Builds the answer of a succeeded job. */
    answer(job: Job): Promise<AssetAnswer>;
    get(id: string): Promise<Job | null>;
    list(query: { state?: JobState | undefined; limit: number; before?: string | undefined }): Promise<Job[]>;
    /** Cancels a job and returns it as it is then. */
    cancel(id: string): Promise<Job | null>;
  };
  assets: {
    list(query: { limit: number; before?: string | undefined }): Promise<AssetList>;
    manifest(id: string): Promise<AssetManifest | null>;
    file(id: string, name: string): Promise<AssetFile | null>;
  };
  /** The game that the service works for. */
  project: {
    info(): ProjectInfo;
    assets(): Promise<PlacedAsset[]>;
  };
  events: Pick<EventBus, "since" | "subscribe" | "lastId">;
  styles(): readonly StyleInfo[];
  palettes(): readonly PaletteInfo[];
  models(): Promise<ModelInfo[]>;
  /** A file of the studio page, or null when its bundle was not built. */
  studioFile(name: StudioFile): Promise<Uint8Array | null>;
  /** Whether the model process answers within so many ms, and what is known of it. */
  pingModel(timeoutMs: number): Promise<Omit<Readiness, "status" | "instance"> | null>;
  /** Told about errors that are nobody's request: they become `internal` without their text. */
  logError(error: unknown, requestId: string): void;
}

/** What the listener tells the app about one request. */
export interface RequestContext {
  requestId: string;
  /** Who asks: address, origin and program. */
  client: string;
  /** Ends the connection at once: for a client that does not read. */
  drop: () => void;
}

/** Hono's generics of this app. */
export interface AppEnv {
  Bindings: RequestContext;
}
