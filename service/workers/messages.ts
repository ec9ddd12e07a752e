import { z } from "zod";
import { ERROR_CODES, type ErrorCode, FieldError } from "../../shared/errors.ts";
import { JobProgress } from "../../shared/job.ts";
import type { IgnoredParameter } from "../../shared/requests.ts";
import type { EditedPicture, EditOrder } from "../edit/edit-order.ts";
import { DEVICES } from "../generators/execution-provider.ts";
import type { MadeAsset, MakeTarget } from "../kinds/made-asset.ts";
import type { PublishedSheet } from "../kinds/published-sheet.ts";

/** A model by what it is, never by where it lies: a worker may be on another machine. */
export interface ModelName {
  id: string;
  sha256: string;
}

/** A request of a kind, and the published sheets that it goes on from; null where there is no library. */
export interface KindOrder {
  kind: string;
  request: Record<string, unknown>;
  ignored: IgnoredParameter[];
  sheets: PublishedSheet[] | null;
}

/** What a worker makes of a request before anything is drawn. */
export interface Planned {
  /** The plan: bytes that only a worker of this version reads. */
  plan: Uint8Array;
  /** The generator that draws it, or null. */
  model: ModelName | null;
  request: Record<string, unknown>;
  ignored: IgnoredParameter[];
  warnings: string[];
  /** Denoising steps of all pictures, and ms of the rest. */
  steps: number;
  pixelMs: number;
}

/** An asset to be made, of a plan or of a request that is planned first. */
export interface MakeOrder {
  kind: string;
  /** A plan, with the model that it was planned for; or a request. */
  from: { plan: Uint8Array; model: ModelName | null } | Omit<KindOrder, "kind">;
  /** `assetId` null: what decides the bytes names it. */
  target: Omit<MakeTarget, "assetId"> & { assetId: string | null };
}

/** Everything that a worker can be asked, by the type of the message, and what it answers. */
export interface WorkerTasks {
  load: { order: ModelName; answer: null };
  plan: { order: KindOrder; answer: Planned };
  make: { order: MakeOrder; answer: MadeAsset };
  edit: { order: EditOrder; answer: EditedPicture };
}
export type TaskName = keyof WorkerTasks;

const Id = z.int().min(1);
const Value = z.custom<object>((value) => typeof value === "object", "a plain value");

/**
 * Messages to a worker. Every `id` is answered once: done, failed or pong. Sender and receiver are one version of one
 * program, and requests were parsed before, so the outer form is what is checked here.
 */
export const ToWorker = z.discriminatedUnion("type", [
  z.object({ type: z.enum(["load", "plan", "make", "edit"]), id: Id, order: Value }),
  z.object({ type: z.literal("cancel"), id: Id }),
  z.object({ type: z.literal("ping"), id: Id }),
]);
export type ToWorker = z.infer<typeof ToWorker>;

/** The id of a message of any form, to answer one that is not valid. */
export const MessageId = z.object({ id: Id });

const Provider = z.enum(DEVICES).exclude(["auto"]);
const DeviceReport = z.object({
  provider: Provider,
  failures: z.array(z.object({ provider: Provider, reason: z.string() })),
});
/** Which execution provider was taken, and why others were not. */
export type DeviceReport = z.infer<typeof DeviceReport>;

/** A ServiceError on its way through the process border. */
const WireError = z.object({
  code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
  errors: z.array(FieldError),
  /** Where an unexpected error came from, for the log of the service alone. */
  stack: z.string().optional(),
});
export type WireError = z.infer<typeof WireError>;

/** Messages from a worker. */
export const FromWorker = z.discriminatedUnion("type", [
  z.object({ type: z.literal("device"), device: DeviceReport }),
  z.object({ type: z.literal("progress"), id: Id, progress: JobProgress }),
  z.object({ type: z.literal("done"), id: Id, answer: Value.nullable() }),
  z.object({ type: z.literal("failed"), id: Id, error: WireError }),
  z.object({ type: z.literal("pong"), id: Id }),
]);
export type FromWorker = z.infer<typeof FromWorker>;
