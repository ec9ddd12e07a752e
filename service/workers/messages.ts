import { z } from "zod";
import { ERROR_CODES, type ErrorCode, FieldError } from "../../shared/errors.ts";
import { JobProgress } from "../../shared/job.ts";
import type { IgnoredParameter } from "../../shared/requests.ts";
import type { EditedPicture, EditOrder } from "../edit/edit-order.ts";
import { DEVICES } from "../generators/execution-provider.ts";
import type { MadeAsset, MakeTarget } from "../kinds/made-asset.ts";
import type { PublishedSheet } from "../kinds/published-sheet.ts";
import { PLAN_FAULTS } from "./unreadable-plan.ts";

/** A model by its id and hash, never by its folder, because a worker may be on another machine. */
export interface ModelName {
  id: string;
  sha256: string;
}

/** A request of a kind, and the published sheets that it builds on; null without a library. */
export interface KindOrder {
  kind: string;
  request: Record<string, unknown>;
  ignored: IgnoredParameter[];
  sheets: PublishedSheet[] | null;
}

/** What planning a request in a worker gives. */
export interface Planned {
  /** The plan, as bytes that only a worker of this version reads. */
  plan: Uint8Array;
  /** The generator that draws it, or null. */
  model: ModelName | null;
  request: Record<string, unknown>;
  ignored: IgnoredParameter[];
  warnings: string[];
  /** Denoising steps of all pictures, and estimated ms of the rest. */
  steps: number;
  pixelMs: number;
}

/** An asset to make, from a plan or from a request, which is planned first. */
export interface MakeOrder {
  kind: string;
  /** A plan with its model, or a request. */
  from: { plan: Uint8Array; model: ModelName | null } | Omit<KindOrder, "kind">;
  /** If `assetId` is null, it is made from what decides the bytes. */
  target: Omit<MakeTarget, "assetId"> & { assetId: string | null };
}

/** Every task of a worker by message type, with its order and its answer. */
export interface WorkerTasks {
  load: { order: ModelName; answer: null };
  /** Tries an execution provider; the answer says why it does not work, or null. */
  probe: { order: ModelName & { provider: DeviceReport["provider"] }; answer: { reason: string | null } };
  plan: { order: KindOrder; answer: Planned };
  make: { order: MakeOrder; answer: MadeAsset };
  edit: { order: EditOrder; answer: EditedPicture };
}
export type TaskName = keyof WorkerTasks;

/** Follows and controls one task, on both sides of the channel. */
export interface TaskHooks {
  signal: AbortSignal;
  onProgress: (progress: JobProgress) => void;
}

/** Tasks of a worker by message type. */
const TASKS = ["load", "probe", "plan", "make", "edit"] as const satisfies readonly TaskName[];
const Id = z.int().min(1);
const Value = z.custom<object>((value) => typeof value === "object", "a plain value");

/**
 * Messages to a worker. Every `id` is answered once: done, failed or pong. Sender and receiver are the same version of
 * the program, and requests have been parsed already, so only the outer form is checked.
 */
export const ToWorker = z.discriminatedUnion("type", [
  /** `defaultModel`: id of the model for requests that name none; null: the first one. */
  z.object({ type: z.enum(TASKS), id: Id, order: Value, defaultModel: z.string().nullable() }),
  z.object({ type: z.literal("cancel"), id: Id }),
  z.object({ type: z.literal("ping"), id: Id }),
]);
export type ToWorker = z.infer<typeof ToWorker>;

/** Reads the id of a message of any form, to answer an invalid one. */
export const MessageId = z.object({ id: Id });

const Provider = z.enum(DEVICES).exclude(["auto"]);
const DeviceReport = z.object({
  provider: Provider,
  failures: z.array(z.object({ provider: Provider, reason: z.string() })),
});
/** The execution provider in use, and why others are not. */
export type DeviceReport = z.infer<typeof DeviceReport>;

/** A ServiceError in the form that crosses between processes. */
const WireError = z.object({
  code: z.enum(Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]]),
  message: z.string(),
  errors: z.array(FieldError),
  /** Where it came from, with the stack, for the service's log only. */
  cause: z.string().optional(),
});
export type WireError = z.infer<typeof WireError>;

/** Messages from a worker. */
export const FromWorker = z.discriminatedUnion("type", [
  z.object({ type: z.literal("device"), device: DeviceReport }),
  z.object({ type: z.literal("progress"), id: Id, progress: JobProgress }),
  z.object({ type: z.literal("done"), id: Id, answer: Value.nullable() }),
  z.object({ type: z.literal("failed"), id: Id, error: WireError }),
  /** Instead of "failed": the order has a plan that cannot be drawn. */
  z.object({ type: z.literal("unreadable-plan"), id: Id, fault: z.enum(PLAN_FAULTS) }),
  z.object({ type: z.literal("pong"), id: Id }),
]);
export type FromWorker = z.infer<typeof FromWorker>;
