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

/** Everything HTTP needs from the rest of the service. Not found is null; a refusal is a ServiceError. */
export interface HttpDeps {
  version: string;
  /** Id of this start, as in the project's service record (see Readiness). */
  instance: string;
  /** For how many ms a request waits for its job: then it is answered as with `async`. */
  mostWaitMs: number;
  /** Aborted when the service begins to stop: from then on, no job is accepted. */
  stopping: AbortSignal;
  /** Aborted when the grace period is over: streams end, and waiting requests are told so. */
  stopped: AbortSignal;
  door: JobDoor;
  editor: Editor;
  jobs: {
    /** Builds the answer of a succeeded job. */
    answer(job: Job): Promise<AssetAnswer>;
    get(id: string): Promise<Job | null>;
    list(query: { state?: JobState | undefined; limit: number; before?: string | undefined }): Promise<Job[]>;
    /** Cancels a job and returns its new state. */
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
  /** Reads a file of the studio page; null if its bundle has not been built. */
  studioFile(name: StudioFile): Promise<Uint8Array | null>;
  /** Throws a ServiceError while new jobs could not be stored. */
  checkStorage(): Promise<void>;
  /** Pings the generator's process; null if it does not answer within `timeoutMs`. */
  pingModel(timeoutMs: number): Promise<Omit<Readiness, "status" | "instance"> | null>;
  /** Logs unexpected errors, which are answered as `internal` without their message. */
  logError(error: unknown, requestId: string): void;
}

/** What the listener tells the app about a request. */
export interface RequestContext {
  requestId: string;
  /** Identifies the client: its address and origin. */
  client: string;
  /** Closes the connection at once, for a client that does not read. */
  drop: () => void;
}

/** Hono's type parameters for this app. */
export interface AppEnv {
  Bindings: RequestContext;
}
