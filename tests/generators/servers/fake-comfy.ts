import { type WebSocket, WebSocketServer } from "ws";
import { drawFake, type FakeOrder } from "./fake-drawing.ts";
import { type FakeAnswer, type FakeCall, type FakeHttp, readForm, startFake } from "./fake-http.ts";

type Inputs = Record<string, unknown>;
type Graph = Record<string, { class_type: string; inputs: Inputs }>;
export type ComfyFault = "node-error" | "out-of-memory" | "closes" | "no-picture";

export interface FakeComfy extends FakeHttp {
  fault: ComfyFault | null;
  stepMs: number;
  /** Graphs that were queued. */
  graphs: Graph[];
}

const CHECKPOINTS = ["pixel-xl.safetensors", "dreamshaper.safetensors"];
const NODES: Record<string, Inputs> = {
  CheckpointLoaderSimple: { ckpt_name: [CHECKPOINTS] },
  LoraLoader: { lora_name: [["pixel-art-xl.safetensors"]] },
  // Newer versions tell lists this way.
  KSampler: {
    sampler_name: ["COMBO", { options: ["euler", "dpmpp_2m"] }],
    scheduler: [["normal", "karras"]],
  },
};

/** Starts a stand-in for ComfyUI 0.3.64, with the messages of its HTTP API and its WebSocket. */
export async function startFakeComfy(): Promise<FakeComfy> {
  const state: Pick<FakeComfy, "fault" | "stepMs" | "graphs"> = { fault: null, stepMs: 0, graphs: [] };
  const sockets = new Map<string, WebSocket>();
  const uploads = new Map<string, Uint8Array>();
  const files = new Map<string, Uint8Array>();
  const history = new Map<string, unknown>();
  const stopped = new Set<string>();
  let runs = 0;

  async function run(id: string, graph: Graph, client: string): Promise<void> {
    const socket = sockets.get(client);
    const tell = (type: string, data: Inputs): void => socket?.send(JSON.stringify({ type, data }));
    tell("status", { status: { exec_info: { queue_remaining: 1 } } });
    tell("execution_start", { prompt_id: id });
    const [samplerId, sampler] =
      Object.entries(graph).find(([, { class_type }]) => class_type === "KSampler") ?? [];
    const steps = Number(sampler?.inputs.steps ?? 4);
    if (state.fault === "closes") return socket?.terminate();
    if (state.fault === "out-of-memory") {
      return tell("execution_error", {
        ...{ prompt_id: id, node_id: samplerId, node_type: "KSampler" },
        exception_type: "torch.OutOfMemoryError",
        exception_message: "Allocation on device 0 would exceed allowed memory.",
      });
    }
    for (let value = 1; value <= steps; value++) {
      await new Promise((resolve) => setTimeout(resolve, state.stepMs));
      if (stopped.has(id)) return tell("execution_interrupted", { prompt_id: id, node_id: samplerId });
      tell("progress", { value, max: steps, prompt_id: id, node: samplerId });
      socket?.send(Buffer.from("a preview"));
    }
    const images =
      state.fault === "no-picture" ? [] : [{ filename: `${id}.png`, subfolder: "", type: "temp" }];
    files.set(`${id}.png`, await drawFake(orderOf(graph, uploads)));
    const shown = Object.entries(graph).find(([, { class_type }]) =>
      /^(?:Preview|Save)Image$/.test(class_type),
    );
    const outputs = { [shown?.[0] ?? "9"]: { images } };
    history.set(id, { outputs, status: { status_str: "success", completed: true, messages: [] } });
    tell("executing", { node: null, prompt_id: id });
    tell("execution_success", { prompt_id: id });
  }

  function queue({ json }: FakeCall): FakeAnswer {
    const graph = json?.prompt as Graph;
    state.graphs.push(graph);
    if (state.fault === "node-error") {
      const error = {
        type: "prompt_outputs_failed_validation",
        message: "Prompt outputs failed validation",
        details: "",
      };
      const errors = [
        { type: "value_not_in_list", message: "Value not in list", details: "ckpt_name: 'x' not in []" },
      ];
      const node = { class_type: "CheckpointLoaderSimple", errors, dependent_outputs: ["9"] };
      return { status: 400, json: { error, node_errors: { 4: node } } };
    }
    const id = `run-${++runs}`;
    void run(id, graph, String(json?.client_id));
    return { json: { prompt_id: id, number: state.graphs.length, node_errors: {} } };
  }

  const http = await startFake(async (call): Promise<FakeAnswer> => {
    const { path } = call;
    if (path === "/system_stats") return { json: { system: { comfyui_version: "0.3.64" }, devices: [] } };
    if (path.startsWith("/object_info/")) {
      const name = path.slice("/object_info/".length);
      const required = NODES[name];
      return { json: required ? { [name]: { input: { required } } } : {} };
    }
    if (path === "/upload/image") {
      const image = (await readForm(call)).get("image") as File;
      uploads.set(image.name, new Uint8Array(await image.arrayBuffer()));
      return { json: { name: image.name, subfolder: "", type: "input" } };
    }
    if (path === "/prompt") return queue(call);
    if (path === "/interrupt") {
      stopped.add(String(call.json?.prompt_id));
      return { json: {} };
    }
    if (path === "/queue") return { json: {} };
    if (path.startsWith("/history/")) {
      const id = path.slice("/history/".length);
      return { json: history.has(id) ? { [id]: history.get(id) } : {} };
    }
    const file = path === "/view" ? files.get(call.query.get("filename") ?? "") : undefined;
    return file
      ? { type: "image/png", body: file }
      : { status: 404, type: "text/plain", body: "404: Not Found" };
  });
  const events = new WebSocketServer({ server: http.server, path: "/ws" });
  events.on("connection", (socket, request) => {
    sockets.set(new URL(request.url ?? "/", "http://fake").searchParams.get("clientId") ?? "", socket);
  });
  return Object.assign(state, http);
}

/** Reads what a graph draws, by its kinds of nodes. */
function orderOf(graph: Graph, uploads: ReadonlyMap<string, Uint8Array>): FakeOrder {
  const nodes = Object.values(graph);
  const inputsOf = (type: string): Inputs =>
    nodes.find(({ class_type }) => class_type === type)?.inputs ?? {};
  const [positive, negative] = nodes.filter(({ class_type }) => class_type === "CLIPTextEncode");
  const sampler = inputsOf("KSampler");
  const start = uploads.get(String(inputsOf("LoadImage").image)) ?? null;
  const canvas = inputsOf("EmptyLatentImage");
  const size = start ? Buffer.from(start) : null;
  return {
    prompt: String(positive?.inputs.text),
    negative: String(negative?.inputs.text ?? ""),
    width: size ? size.readUInt32BE(16) : Number(canvas.width),
    height: size ? size.readUInt32BE(20) : Number(canvas.height),
    seed: Number(sampler.seed),
    steps: Number(sampler.steps),
    cfg: Number(sampler.cfg),
    tiling: false,
    start,
    strength: Number(sampler.denoise ?? 1),
    mask: uploads.get(String(inputsOf("LoadImageMask").image)) ?? null,
  };
}
