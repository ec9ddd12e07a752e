import { drawFake } from "./fake-drawing.ts";
import { type FakeAnswer, type FakeHttp, readForm, startFake } from "./fake-http.ts";

/** Starts a stand-in for a hosted server of OpenAI's images endpoints that wants a key. */
export async function startFakeOpenAi(key: string): Promise<FakeHttp> {
  let drawn = 0;
  return startFake(async (call): Promise<FakeAnswer> => {
    if (call.headers.authorization !== `Bearer ${key}`) {
      const error = {
        message: "Incorrect API key provided.",
        type: "invalid_request_error",
        code: "invalid_api_key",
      };
      return { status: 401, json: { error } };
    }
    const isEdit = call.path === "/v1/images/edits";
    if (!isEdit && call.path !== "/v1/images/generations")
      return { status: 404, json: { error: { message: "?" } } };
    const form = isEdit ? await readForm(call) : null;
    const field = (name: string): string => String((form ? form.get(name) : call.json?.[name]) ?? "");
    const [width = 0, height = 0] = field("size").split("x").map(Number);
    const image = form?.get("image") as File | null;
    const order = { prompt: field("prompt"), negative: "", width, height, seed: ++drawn, steps: 0, cfg: 0 };
    const start = image ? new Uint8Array(await image.arrayBuffer()) : null;
    const png = await drawFake({ ...order, tiling: false, start, strength: 0.5, mask: null });
    return { json: { created: 1, data: [{ b64_json: Buffer.from(png).toString("base64") }] } };
  });
}
