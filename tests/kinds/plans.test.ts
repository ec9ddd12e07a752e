import { describe, expect, test } from "vitest";
import { completeManifest } from "../../service/cli/local-workers.ts";
import { encodeGif } from "../../service/codecs/encode-gif.ts";
import { encodePng } from "../../service/codecs/encode-png.ts";
import type { PublishedSheet } from "../../service/kinds/published-sheet.ts";
import { KINDS, kindOf } from "../../service/kinds/table.ts";
import type { PixelImage } from "../../service/pixel/image.ts";
import { upscaleNearest } from "../../service/pixel/upscale-nearest.ts";
import { draw, GOBLIN, paint } from "../pixel/ascii-image.ts";
import { createTestWorker, quiet, targetOf } from "./test-worker.ts";

const worker = createTestWorker();
const base64 = async (image: PixelImage) => Buffer.from(await encodePng(image)).toString("base64");
const surface = (shade: number) => paint(16, 16, (x, y) => ((x ^ y) & 4 ? shade : shade + 0x101010));

/** Requests of each kind whose plans contain pictures, maps, or only numbers. */
async function requestsOf(): Promise<[string, object, PublishedSheet[] | null][]> {
  const goblin = await base64(draw(GOBLIN));
  const mask = await base64(paint(12, 12, (x) => (x < 6 ? 0xffffff : 0x000000)));
  const gif = Buffer.from(
    encodeGif({ frames: [surface(0x202020), surface(0x604020)], durationsMs: [100, 120], loop: 0 }).bytes,
  ).toString("base64");
  return [
    ["sprite", { prompt: "red gem", steps: 2, seed: 3 }, null],
    [
      "sprite",
      { prompt: "red gem", steps: 2, seed: 3, input_image: goblin, strength: 0.5, input_palette: goblin },
      null,
    ],
    [
      "sprite",
      {
        prompt: "gem",
        steps: 2,
        seed: 3,
        input_image: await base64(surface(0x404040)),
        mask_image: await base64(paint(16, 16, (x) => (x < 8 ? 0xffffff : 0))),
      },
      null,
    ],
    [
      "tile",
      {
        prompt: "moss",
        steps: 2,
        seed: 3,
        width: 16,
        match_edges: { left: await base64(surface(0x305020)) },
      },
      null,
    ],
    ["tile", { prompt: "x", repair: true, input_image: goblin }, null],
    [
      "tileset",
      {
        upper_description: "grass",
        lower_description: "water",
        steps: 2,
        seed: 3,
        animated: ["lower"],
        upper_reference_image: await base64(upscaleNearest(surface(0x305020), 2)),
      },
      null,
    ],
    ["animation", { prompt: "knight in blue", directions: 4, seed: 3 }, null],
    ["animation", { input_image: goblin, action: "custom", action_description: "hover", seed: 3 }, null],
    ["character", { prompt: "elf archer", actions: ["attack"], size: 48, seed: 3 }, null],
    ["effect", { prompt: "blue slash left", size: 24, fps: 12, seed: 3 }, null],
    ["pixelate", { input_image: await base64(upscaleNearest(draw(GOBLIN), 4)) }, null],
    ["pixelate", { input_image: gif }, null],
    [
      "pixelate",
      {
        input_image: await base64(upscaleNearest(surface(0x305020), 4)),
        columns: 2,
        rows: 2,
        input_palette: mask,
      },
      null,
    ],
  ];
}

describe("a plan", () => {
  test("that was stored makes the same files as its request, for every kind", async () => {
    const requests = await requestsOf();
    expect(new Set(requests.map(([kind]) => kind))).toEqual(new Set(KINDS.map(({ id }) => id)));
    for (const [kind, raw, sheets] of requests) {
      const parsed = kindOf(kind).parse(raw);
      const order = { request: { ...parsed.request }, ignored: parsed.ignored, sheets };
      const { plan, model, request } = await worker.plan({ kind, ...order }, quiet());
      const stored = await worker.make({ kind, from: { plan, model }, target: targetOf("it") }, quiet());
      const direct = await worker.make({ kind, from: order, target: targetOf("it") }, quiet());
      const again = kindOf(kind).parse(request);
      const resolved = await worker.make(
        { kind, from: { request: { ...again.request }, ignored: [], sheets }, target: targetOf("it") },
        quiet(),
      );
      expect(completeManifest(stored).rev, `${kind} ${Object.keys(raw)}`).toBe(completeManifest(direct).rev);
      expect(completeManifest(resolved).rev, `${kind} ${Object.keys(raw)}`).toBe(
        completeManifest(direct).rev,
      );
      expect(stored.manifest.request).toEqual(request);
    }
  });

  test("goes on from the tiles of a published set, which come with the order", async () => {
    const make = async (raw: object, sheets: PublishedSheet[] | null, assetId: string) => {
      const { request, ignored } = kindOf("tileset").parse(raw);
      const target = { ...targetOf("set"), assetId };
      return worker.make(
        { kind: "tileset", from: { request: { ...request }, ignored, sheets }, target },
        quiet(),
      );
    };
    const texture = {
      upper_reference_image: await base64(surface(0x305020)),
      lower_reference_image: await base64(surface(0x102060)),
    };
    const words = { upper_description: "grass", lower_description: "water", seed: 3 };
    const first = await make({ ...words, ...texture }, null, "set_000000000000000a");
    const { tileset } = first.manifest;
    const picture = first.files.find(({ path }) => path === first.manifest.images[0]?.file)?.bytes;
    const sheets = [{ id: "set_000000000000000a", tileset: tileset!, picture: picture! }];
    const second = await make(
      {
        ...words,
        lower_reference_image: texture.lower_reference_image,
        upper_base_tile_id: tileset!.base_tile_ids.upper,
      },
      sheets,
      "set_000000000000000b",
    );
    expect(second.manifest.tileset?.base_tile_ids.upper).toMatch(/^set_000000000000000b\./);
    await expect(
      make({ ...words, upper_base_tile_id: "set_00000000000000zz.wang_15" }, [], "set_000000000000000c"),
    ).rejects.toMatchObject({
      errors: [{ field: "upper_base_tile_id", expected: "the id of a published tile or asset" }],
    });
    await expect(
      make({ ...words, upper_base_tile_id: "set_00000000000000zz.wang_15" }, null, "set_000000000000000c"),
    ).rejects.toMatchObject({ errors: [{ expected: expect.stringContaining("--service") }] });
  });

  test("made for other weights is refused by a worker that has these", async () => {
    const { request, ignored } = kindOf("sprite").parse({ prompt: "gem", steps: 2, seed: 1 });
    const { plan, model } = await worker.plan(
      { kind: "sprite", request: { ...request }, ignored, sheets: null },
      quiet(),
    );
    expect(model).toEqual({ id: "embedded-v1", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const from = { plan, model: { id: "embedded-v1", sha256: "0".repeat(64) } };
    await expect(
      worker.make({ kind: "sprite", from, target: targetOf("gem") }, quiet()),
    ).rejects.toMatchObject({
      code: "model-unavailable",
    });
  });
});
