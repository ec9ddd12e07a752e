/**
 * Entry point of a worker process. It runs pixel loops and networks, which block its event loop. The service forks it,
 * sends it messages and may kill it at any time. Nothing imports this file.
 */
import { inspect } from "node:util";
import { ServiceError } from "../../shared/errors.ts";
import { type FromWorker, MessageId, ToWorker, type WireError } from "./messages.ts";
import { UnreadablePlan } from "./unreadable-plan.ts";
import { createWorker, type WorkerOptions } from "./worker.ts";

const { modelsDirs, configured } = JSON.parse(process.argv[2] ?? "{}") as Pick<
  WorkerOptions,
  "modelsDirs" | "configured"
>;
const worker = createWorker({
  modelsDirs,
  ...(configured ? { configured } : {}),
  env: process.env,
  onDevice: (device) => send({ type: "device", device }),
});
type TaskMessage = Extract<ToWorker, { order: object }>;
let current: { id: number; controller: AbortController } | null = null;

function send(message: FromWorker): void {
  process.send?.(message);
}

/** Runs a task so that it can be cancelled, and turns a failure into an answer. */
async function run({ id, type, order, defaultModel }: TaskMessage): Promise<void> {
  const controller = new AbortController();
  current = { id, controller };
  worker.useDefaultModel(defaultModel);
  const task = worker[type] as (order: object, hooks: object) => Promise<object | null>;
  try {
    const answer = await task(order, {
      signal: controller.signal,
      onProgress: (progress: Extract<FromWorker, { type: "progress" }>["progress"]) =>
        send({ type: "progress", id, progress }),
    });
    send({ type: "done", id, answer });
  } catch (error) {
    if (error instanceof UnreadablePlan) send({ type: "unreadable-plan", id, fault: error.fault });
    else send({ type: "failed", id, error: wireError(error) });
  } finally {
    current = null;
  }
}

function wireError(error: unknown): WireError {
  if (error instanceof ServiceError) {
    const { code, message, errors, cause } = error;
    return { code, message, errors, ...(cause === undefined ? {} : { cause: inspect(cause) }) };
  }
  const reason = error instanceof Error ? error.message : String(error);
  const message = `The work failed: ${reason}`;
  return { code: "generation-failed", message, errors: [], cause: inspect(error) };
}

function receive(raw: unknown): void {
  const parsed = ToWorker.safeParse(raw);
  if (!parsed.success) {
    const { id } = MessageId.parse(raw);
    send({
      type: "failed",
      id,
      error: wireError(new Error(`invalid message: ${parsed.error.message}`)),
    });
    return;
  }
  const message = parsed.data;
  if (message.type === "ping") send({ type: "pong", id: message.id });
  else if (message.type !== "cancel") void run(message);
  else if (current?.id === message.id) current.controller.abort();
}

process.on("message", receive);
// Ctrl-C in the terminal reaches both processes, but the service decides when this one ends.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
process.on("disconnect", () => process.exit(0));
