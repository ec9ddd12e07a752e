import { expect, test, vi } from "vitest";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { KINDS, kindOf } from "../../service/kinds/table.ts";
import { createTestWorker, quiet } from "../kinds/test-worker.ts";
import { draw, GOBLIN } from "../pixel/ascii-image.ts";
import { orderOf, turnOrder } from "./sample-orders.ts";

vi.mock("onnxruntime-node", () => {
  throw new Error("The inference runtime was loaded.");
});
vi.mock("@huggingface/tokenizers", () => {
  throw new Error("The tokenizer was loaded.");
});

const worker = createTestWorker();
const picture = Buffer.from(await encodePng(draw(GOBLIN))).toString("base64");

test("no kind is planned with the inference runtime", async () => {
  const raw: Record<string, object> = {
    tileset: { upper_description: "grass", lower_description: "water" },
    pixelate: { input_image: picture },
    character: { prompt: "red knight" },
    effect: { prompt: "red explosion" },
  };
  for (const { id } of KINDS) {
    const { request, ignored } = kindOf(id).parse({ prompt: "red gem", ...raw[id] });
    const order = { kind: id, request: { ...request }, ignored, sheets: null };
    expect((await worker.plan(order, quiet())).plan.length, id).toBeGreaterThan(0);
  }
});

test("what needs no generator is made without it, and what needs one is not", async () => {
  const orders = [
    orderOf("pixelate", { input_image: picture }),
    orderOf("tile", { prompt: "x", repair: true, input_image: picture }),
    orderOf("animation", { prompt: "knight in blue", directions: 4 }),
  ];
  for (const order of orders) expect((await worker.make(order, quiet())).files.length).toBeGreaterThan(0);
  expect((await worker.edit(turnOrder(picture), quiet())).frames).toBe(1);
  const drawn = worker.make(orderOf("sprite", { prompt: "gem" }), quiet());
  await expect(drawn).rejects.toMatchObject({
    code: "model-unavailable",
    cause: { cause: { message: expect.stringMatching(/inference runtime|tokenizer/) } },
  });
});
