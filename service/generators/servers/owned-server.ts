import { stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { SdServerModel } from "../../../shared/server-models.ts";
import type { ServerLook } from "../backend.ts";
import { callJson } from "./http-call.ts";
import { type OwnedProcess, PROGRESS, startOwned } from "./owned-process.ts";
import type { DrawHooks, Drawn, DrawOrder, PictureServer } from "./picture-server.ts";
import { SdapiServer } from "./sdapi.ts";
import { faultOf, ServerFault } from "./server-fault.ts";

const POLL_MS = 100;
/** Starts that may fail in a row before it is given up. */
const MOST_STARTS = 3;

/**
 * An sd-server that runs as our child: it starts with the first drawing, starts again when it dies, and ends with the
 * process that uses it or after some time without work. Its API cannot stop a drawing, so a cancel ends the server.
 */
export class OwnedServer implements PictureServer {
  readonly #model: SdServerModel;
  readonly #api: SdapiServer;
  #process: OwnedProcess | null = null;
  #idle: NodeJS.Timeout | undefined;

  constructor(model: SdServerModel) {
    this.#model = model;
    // The checkpoint is a path that it was started with, not one of its list.
    const { checkpoint: _, ...settings } = model;
    this.#api = new SdapiServer(
      { ...settings, url: "" },
      () => `http://127.0.0.1:${this.#process?.port ?? 0}`,
    );
  }

  async look(signal: AbortSignal): Promise<ServerLook> {
    await this.#start(signal);
    const look = await this.#explained(() => this.#api.look(signal));
    const { checkpoint, checkpoint_sha256: sha256 = null } = this.#model;
    const name = checkpoint.replaceAll("\\", "/").split("/").at(-1) ?? checkpoint;
    return { ...look, checkpoint: { name, sha256 } };
  }

  async draw(order: DrawOrder, hooks: DrawHooks): Promise<Drawn> {
    const child = await this.#start(hooks.signal);
    clearTimeout(this.#idle);
    const stopListening = child.onLine((line) => {
      const [, step, steps] = PROGRESS.exec(line) ?? [];
      // Loading tensors is told in the same form, in thousands.
      if (steps !== undefined && Number(steps) <= order.steps) hooks.onStep(Number(step), Number(steps));
    });
    const end = (): void => child.kill();
    hooks.signal.addEventListener("abort", end, { once: true });
    try {
      return await this.#explained(() => this.#api.draw(order, hooks));
    } finally {
      stopListening();
      hooks.signal.removeEventListener("abort", end);
      this.#idle = setTimeout(end, this.#model.idle_minutes * 60_000).unref();
    }
  }

  async restart(signal: AbortSignal): Promise<void> {
    this.#process?.kill();
    await this.#process?.exited;
    await this.#start(signal);
  }

  async dispose(): Promise<void> {
    clearTimeout(this.#idle);
    this.#process?.kill();
    await this.#process?.exited;
  }

  /** Gives the running server, and starts it if there is none. Throws a ServerFault with its last words. */
  async #start(signal: AbortSignal): Promise<OwnedProcess> {
    for (let starts = 1; ; starts++) {
      const running = this.#process;
      if (running?.alive) return running;
      await this.#checkFiles();
      const child = await startOwned(this.#model);
      this.#process = child;
      try {
        await this.#untilReady(child, signal);
        return child;
      } catch (error) {
        child.kill();
        const mayHelp = error instanceof ServerFault && error.kind === "lost" && starts < MOST_STARTS;
        if (!mayHelp) throw error;
      }
    }
  }

  async #untilReady(child: OwnedProcess, signal: AbortSignal): Promise<void> {
    const until = performance.now() + this.#model.start_seconds * 1000;
    const call = { url: `http://127.0.0.1:${child.port}`, path: "/sdcpp/v1/capabilities", timeoutMs: 2000 };
    for (;;) {
      if (!child.alive) throw this.#death(child);
      const isReady = await callJson({ ...call, signal }).then(
        () => true,
        () => false,
      );
      signal.throwIfAborted();
      if (isReady) return;
      if (performance.now() > until)
        throw new ServerFault(
          "timeout",
          `was not ready within ${this.#model.start_seconds} s`,
          "Set a larger start_seconds, or try the command by hand.",
        );
      await sleep(POLL_MS, undefined, { signal });
    }
  }

  /** Runs a call. If the server died of it, its last lines say why better than the broken connection does. */
  async #explained<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      const child = this.#process;
      if (!(error instanceof ServerFault) || !child) throw error;
      if (error.kind !== "lost" && error.kind !== "down") throw error;
      // The end of a connection is seen before that of the process.
      await Promise.race([child.exited, sleep(500)]);
      if (child.alive) throw error;
      throw this.#death(child);
    }
  }

  #death(child: OwnedProcess): ServerFault {
    const said = child.lines().filter((line) => !PROGRESS.test(line));
    const text = said.slice(-10).join(" | ");
    const fault = faultOf(text);
    if (fault.kind === "memory") return fault;
    return new ServerFault(
      "lost",
      `ended by itself (${said.at(-1) ?? "without a word"})`,
      "Try its command by hand.",
    );
  }

  async #checkFiles(): Promise<void> {
    for (const path of [this.#model.server, this.#model.checkpoint]) {
      if (await stat(path).catch(() => null)) continue;
      throw new ServerFault(
        "setting",
        `needs ${path}, which is not there`,
        "Correct it with pixelkiln models add.",
      );
    }
  }
}
