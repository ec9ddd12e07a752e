/**
 * Entry of a model process. It owns the inference runtime and runs pixel loops, both of which block its event
 * loop: the service forks it, talks to it in messages and may kill it at any time. Nothing imports this file.
 */
import { setImmediate } from "node:timers/promises";
import { ServiceError } from "../../shared/errors.ts";
import type { CatalogEntry } from "../generators/catalog.ts";
import { ATLAS_LIMIT } from "../generators/embedded/exemplars.ts";
import type { LoadedModel } from "../generators/load-generator.ts";
import { runPlan } from "../generators/run-plan.ts";
import type { PixelImage } from "../pixel/image.ts";
import { runPixelWork } from "../pixel/run-pixel-work.ts";
import { type FromModelProcess, MessageId, ToModelProcess, type WireError } from "./messages.ts";

type Work = Extract<ToModelProcess, { type: "load" | "generate" }>;
type Pixels = Extract<ToModelProcess, { type: "pixels" }>;

let loaded: { sha256: string; ready: LoadedModel } | null = null;
let current: { id: number; controller: AbortController } | null = null;

function send(message: FromModelProcess): void {
  process.send?.(message);
}

async function decodePng(bytes: Uint8Array): Promise<PixelImage> {
  const { decodeImage } = await import("../codecs/decode-image.ts");
  return decodeImage(bytes, "exemplarAtlas", ATLAS_LIMIT);
}

/** Gives the model of an entry and the ms that loading it took; one model is held at a time. */
async function modelFor(entry: CatalogEntry): Promise<{ ready: LoadedModel; loadMs: number }> {
  const { sha256 } = entry.description;
  if (loaded?.sha256 === sha256) return { ready: loaded.ready, loadMs: 0 };
  const start = performance.now();
  const previous = loaded;
  loaded = null;
  await previous?.ready.model.dispose();
  // Loaded when it is needed: a process that only works on pixels never holds the inference runtime.
  const { loadModel } = await import("../generators/load-generator.ts");
  const ready = await loadModel(entry, { env: process.env, decodePng });
  loaded = { sha256, ready };
  send({ type: "device", device: ready.device });
  return { ready, loadMs: performance.now() - start };
}

/** Runs what answers a message, so that it can be cancelled and its failure is an answer too. */
async function answer(id: number, run: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  current = { id, controller };
  try {
    await run(controller.signal);
  } catch (error) {
    send({ type: "failed", id, error: wireError(error) });
  } finally {
    current = null;
  }
}

async function work(message: Work, signal: AbortSignal): Promise<void> {
  const { id } = message;
  const steps = message.type === "generate" ? (message.plan.pictures[0]?.steps ?? 0) : 0;
  if (loaded?.sha256 !== message.entry.description.sha256) {
    send({ type: "progress", id, progress: { stage: "loading-model", step: 0, steps } });
  }
  const { ready, loadMs } = await modelFor(message.entry);
  if (message.type === "load") return send({ type: "done", id, result: null });
  const result = await runPlan(ready.model, message.plan, {
    signal,
    onProgress: (progress) => send({ type: "progress", id, progress }),
  });
  send({ type: "done", id, result: { ...result, timings: { ...result.timings, loadMs } } });
}

async function workOnPixels({ id, work: pixels }: Pixels, signal: AbortSignal): Promise<void> {
  const steps = runPixelWork(pixels);
  for (let next = steps.next(); ; next = steps.next()) {
    if (next.done) return send({ type: "pixels-done", id, result: next.value });
    send({ type: "progress", id, progress: { stage: "pixel-passes", ...next.value } });
    // Lets a cancel in between two frames.
    await setImmediate();
    if (signal.aborted) throw new ServiceError("cancelled", "The job was cancelled.");
  }
}

function wireError(error: unknown): WireError {
  if (error instanceof ServiceError)
    return { code: error.code, message: error.message, errors: error.errors };
  const reason = error instanceof Error ? error.message : String(error);
  return { code: "generation-failed", message: `The work failed: ${reason}`, errors: [] };
}

function receive(raw: unknown): void {
  const parsed = ToModelProcess.safeParse(raw);
  if (!parsed.success) {
    const { id } = MessageId.parse(raw);
    const error = new Error(`Expected ${parsed.error.issues[0]?.message ?? "a valid message"}.`);
    send({ type: "failed", id, error: wireError(error) });
    return;
  }
  const message = parsed.data;
  if (message.type === "ping") send({ type: "pong", id: message.id });
  else if (message.type === "pixels") void answer(message.id, (signal) => workOnPixels(message, signal));
  else if (message.type !== "cancel") void answer(message.id, (signal) => work(message, signal));
  else if (current?.id === message.id) current.controller.abort();
}

process.on("message", receive);
// The service decides when this process ends: a Ctrl-C in the terminal reaches both.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
process.on("disconnect", () => process.exit(0));
