import type { WebSocket } from "ws";
import { z } from "zod";
import { faultOf, ServerFault } from "./server-fault.ts";

/** A message of ComfyUI's WebSocket. Pictures come as binary messages and are passed over. */
const Message = z.object({
  type: z.string(),
  data: z
    .object({
      prompt_id: z.string().optional(),
      node: z.string().nullish(),
      value: z.number().optional(),
      max: z.number().optional(),
      node_id: z.string().optional(),
      node_type: z.string().optional(),
      exception_message: z.string().optional(),
      exception_type: z.string().optional(),
    })
    .default({}),
});
type Message = z.infer<typeof Message>;

/** How one run of a graph goes. */
export interface RunEvents {
  /** Resolves when it is done. Throws a ServerFault when it fails or the server is lost. */
  done: Promise<void>;
  /** Names the run once it is known; what came before is looked at again. */
  follow(promptId: string): void;
  close(): void;
}

/** Opens the WebSocket of a server for a client. Throws a ServerFault. */
export async function openEvents(
  url: string,
  { signal, onStep }: { signal: AbortSignal; onStep: (step: number, steps: number) => void },
): Promise<RunEvents> {
  const { WebSocket } = await import("ws");
  const socket = new WebSocket(url, { handshakeTimeout: 10_000, maxPayload: 64 * 2 ** 20 });
  let promptId: string | null = null;
  const early: Message[] = [];
  const { promise: done, resolve, reject } = parts();
  // Only draw() waits for it, and only once the graph is accepted.
  done.catch(() => {});
  const take = (message: Message): void => {
    if (message.data.prompt_id !== promptId) return;
    const { value, max, node } = message.data;
    if (message.type === "progress" && value !== undefined && max !== undefined) onStep(value, max);
    else if (message.type === "execution_error") reject(nodeFault(message.data));
    else if (message.type === "execution_interrupted")
      reject(
        new ServerFault("refused", "stopped the drawing", "Somebody interrupted it there: send it again."),
      );
    else if (message.type === "execution_success" || (message.type === "executing" && node === null))
      resolve();
  };
  socket.on("message", (data, isBinary) => {
    const message = isBinary ? undefined : Message.safeParse(json(String(data))).data;
    if (!message) return;
    if (promptId === null) early.push(message);
    else take(message);
  });
  socket.on("close", () =>
    reject(new ServerFault("lost", "broke the connection", "See its log: it may have crashed.")),
  );
  const stop = (): void => {
    reject(signal.reason);
    socket.terminate();
  };
  signal.addEventListener("abort", stop, { once: true });
  await opened(socket);
  return {
    done,
    follow(id) {
      promptId = id;
      for (const message of early.splice(0)) take(message);
    },
    close() {
      signal.removeEventListener("abort", stop);
      socket.terminate();
    },
  };
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve());
    socket.on("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code ?? error.message;
      reject(
        new ServerFault(
          "down",
          `has no WebSocket (${reason})`,
          "Check that it is ComfyUI, and no proxy is before it.",
        ),
      );
    });
    socket.once("close", () => reject(new ServerFault("lost", "broke the connection", "See its log.")));
  });
}

function nodeFault({
  node_id: id,
  node_type: type,
  exception_message: text,
  exception_type: kind,
}: Message["data"]) {
  const fault = faultOf(`${kind ?? ""} ${text ?? ""}`.trim());
  const where = `node ${id ?? "?"} (${type ?? "unknown"})`;
  return new ServerFault(fault.kind, `failed in ${where} and ${fault.message}`, fault.advice);
}

function parts() {
  let resolve = (): void => {};
  let reject = (_: unknown): void => {};
  const promise = new Promise<void>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  return { promise, resolve: () => resolve(), reject: (error: unknown) => reject(error) };
}

function json(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
