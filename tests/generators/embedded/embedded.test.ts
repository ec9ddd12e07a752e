import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadEntry } from "../../../service/generators/catalog.ts";
import { conditionsOf } from "../../../service/generators/embedded/conditions.ts";
import { loadEmbedded } from "../../../service/generators/embedded/embedded.ts";
import { EmbeddedConfig } from "../../../service/generators/embedded/embedded-config.ts";
import { eulerStep, stepTimes } from "../../../service/generators/embedded/flow-euler.ts";
import {
  type EmbeddedNetworks,
  type Given,
  openNetworks,
  type Wrap,
} from "../../../service/generators/embedded/networks.ts";
import { embeddedProbe } from "../../../service/generators/embedded/probe.ts";
import { toPlanes } from "../../../service/generators/embedded/raster.ts";
import type { Generator, PictureRequest } from "../../../service/generators/generator.ts";
import { gaussianNoise } from "../../../service/generators/noise.ts";
import { equalImages } from "../../../service/pixel/image.ts";
import { type Oklab, toOklab } from "../../../service/pixel/oklab.ts";
import { colorAt } from "../../../service/pixel/parse-hex.ts";
import { describeGeneratorContract } from "../generator-contract.ts";
import { modelFolder, sampleRequest } from "../generator-fixture.ts";

const stored = await loadEntry(modelFolder);
const entry = { ...stored, config: EmbeddedConfig.parse(stored.config) };
const load = (threads: number) => loadEmbedded(entry, { threads, provider: "cpu" });

describeGeneratorContract("the embedded model", {
  info: entry.info,
  load: () => load(2),
  prompt: "a red potion",
});

/** Moves rows of `width` numbers to the right (x) and whole planes down (y), around the edges. */
function rolled(values: Float32Array, edge: number, { x, y }: { x: number; y: number }): Float32Array {
  const size = edge * edge;
  return values.map((_, i) => {
    const plane = Math.floor(i / size) * size;
    const row = (Math.floor((i % size) / edge) - y + edge) % edge;
    const column = ((i % edge) - x + edge) % edge;
    return values[plane + row * edge + column]!;
  });
}

describe("what the network is given beside the text", () => {
  const hooks = { signal: new AbortController().signal, onStep: () => {}, onStage: () => {} };
  const GREENS = ["#0f380f", "#306230", "#8bac0f", "#9bbc0f"];
  let model: Generator;

  beforeAll(async () => {
    model = await load(2);
  });
  afterAll(() => model.dispose());

  /** Mean OKLab values of the drawn pixels. */
  async function meanLab(changes: Partial<PictureRequest>) {
    const { image } = await model.generate(sampleRequest({ steps: 10, ...changes }), hooks);
    const labs: Oklab[] = [];
    for (let i = 0; i < image.data.length; i += 4)
      if (image.data[i + 3]! >= 128) labs.push(toOklab(colorAt(image.data, i)));
    const of = (value: (lab: Oklab) => number) =>
      labs.reduce((sum, lab) => sum + value(lab), 0) / labs.length;
    return { a: of(({ a }) => a), chroma: of(({ a, b }) => Math.hypot(a, b)) };
  }

  test("a palette of greens turns a thing green before any pass", async () => {
    const shield = { prompt: "shield" };
    const [free, told] = [await meanLab(shield), await meanLab({ ...shield, palette: GREENS })];
    expect(told.a).toBeLessThan(free.a - 0.02);
    expect(told.a).toBeLessThan(0);
  });

  test("a palette longer than it learned from is left to the passes", async () => {
    const many = Array.from({ length: 40 }, (_, i) => `#0000${(16 + i).toString(16)}`);
    expect(await meanLab({ palette: many })).toEqual(await meanLab({}));
  });

  test("a thing that only a white symbol shows is shaded in a color; in 1-bit it stays black and white", async () => {
    const ankh = { prompt: "blue ankh", exemplars: "auto" } as const;
    expect((await meanLab(ankh)).chroma).toBeGreaterThan(0.05);
    expect((await meanLab({ ...ankh, prompt: "ankh", style: "1_bit" })).chroma).toBeLessThan(0.04);
  });

  test("a portrait of somebody is a face, not a framed picture", async () => {
    for (const seed of [0, 1, 2, 3]) {
      const asked = { prompt: "portrait of a woman with red hair", exemplars: "auto", seed } as const;
      const { exemplars } = await model.generate(sampleRequest(asked), hooks);
      expect(exemplars?.[0]?.caption).toMatch(/woman|lady|girl/);
    }
  });

  test("cells that are given are seen in pure noise already", async () => {
    const { config } = entry;
    const networks = await openNetworks(modelFolder, config, { threads: 2, provider: "cpu" });
    const { image } = await model.generate(sampleRequest({ prompt: "apple" }), hooks);
    const edges = { width: 8, height: 8 };
    const latent = await networks.encode(toPlanes(image), { width: 32, height: 32 }, { x: false, y: false });
    const cells = Uint8Array.from({ length: 64 }, (_, i) => Number(i % 8 < 4));
    const noise = gaussianNoise(5, latent.length);
    const empty = { states: new Float32Array(0), length: 0, width: config.text.width };
    const error = async (given: Given | null) => {
      const conditions = conditionsOf(sampleRequest(), config, { texts: [empty], given });
      const [clean] = await networks.denoise(noise, 1, edges, conditions);
      return clean!.reduce((sum, value, i) => sum + cells[i % 64]! * (value - latent[i]!) ** 2, 0);
    };
    expect(await error({ latent, cells })).toBeLessThan(0.5 * (await error(null)));
    await networks.release();
  });
});

describe("wrap padding makes the whole way from noise to pixels a torus", () => {
  const cells = { width: 8, height: 8 };
  let networks: EmbeddedNetworks;
  const { config } = entry;

  beforeAll(async () => {
    networks = await openNetworks(modelFolder, config, { threads: 2, provider: "cpu" });
  });
  afterAll(() => networks.release());

  async function drawFrom(noise: Float32Array, wrap: Wrap): Promise<Float32Array> {
    const request = sampleRequest({ kind: "tile", wrapX: wrap.x, wrapY: wrap.y });
    const empty = { states: new Float32Array(0), length: 0, width: config.text.width };
    const times = stepTimes(3, 1);
    let latent = noise;
    for (const [i, t] of times.slice(0, -1).entries()) {
      const [clean] = await networks.denoise(
        latent,
        t,
        cells,
        conditionsOf(request, config, { texts: [empty], given: null }),
      );
      latent = eulerStep(latent, clean!, t, times[i + 1]!);
    }
    return networks.decode(latent, cells, wrap);
  }

  /** Largest difference between drawing from moved noise and moving the drawing (2 cells = 8 pixels). */
  async function error(wrap: Wrap, move: { x: number; y: number }): Promise<number> {
    const noise = gaussianNoise(3, config.latent.channels * 64);
    const moved = await drawFrom(rolled(noise, 8, move), wrap);
    const pixels = rolled(await drawFrom(noise, wrap), 32, { x: 4 * move.x, y: 4 * move.y });
    return moved.reduce((largest, value, i) => Math.max(largest, Math.abs(value - pixels[i]!)), 0);
  }

  test("along the wrapped axis, exactly", async () => {
    expect(await error({ x: true, y: false }, { x: 2, y: 0 })).toBeLessThan(1e-3);
    expect(await error({ x: false, y: true }, { x: 0, y: 2 })).toBeLessThan(1e-3);
    expect(await error({ x: true, y: true }, { x: 4, y: 2 })).toBeLessThan(1e-3);
  });

  test("not along an axis that is not wrapped", async () => {
    expect(await error({ x: true, y: false }, { x: 0, y: 2 })).toBeGreaterThan(0.01);
    expect(await error({ x: false, y: false }, { x: 2, y: 0 })).toBeGreaterThan(0.01);
  });
});

test("one thread and two give the same bytes", async () => {
  const one = await load(1);
  const two = await load(2);
  const hooks = { signal: new AbortController().signal, onStep: () => {}, onStage: () => {} };
  for (const changes of [{}, { exemplars: "auto", wrapX: true }] as const) {
    const request = sampleRequest({ ...changes, steps: 10 });
    const drawn = await one.generate(request, hooks);
    expect(equalImages((await two.generate(request, hooks)).image, drawn.image)).toBe(true);
  }
  await one.dispose();
  await two.dispose();
});

test("the probe accepts the processor and throws for a network that cannot be run", async () => {
  await expect(embeddedProbe(entry, 1)("cpu")).resolves.toBeUndefined();
  const files = { ...entry.config.files, decoder: entry.config.files.encoder };
  const wrong = { ...entry, config: { ...entry.config, files } };
  await expect(embeddedProbe(wrong, 1)("cpu")).rejects.toThrow();
});
