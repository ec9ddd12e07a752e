import { expect, test } from "vitest";
import { decodeBase64Image } from "../../service/codecs/decode-image.ts";
import { TileAnswer } from "../../service/kinds/tile/answer.ts";
import { TilesetAnswer } from "../../service/kinds/tileset/answer.ts";
import { crop, equalImages, type PixelImage } from "../../service/pixel/image.ts";
import { edgeRatio } from "../../service/terrain/match-edges.ts";
import { CostAnswer } from "../../shared/answers.ts";
import { getJson, post, until } from "./service-process.ts";
import { useService } from "./use-service.ts";

const service = useService();
const FAST = { steps: 2, seed: 5 };

async function makeSet(fields: object): Promise<TilesetAnswer> {
  const request = { upper_description: "grass", lower_description: "water", ...FAST, ...fields };
  const { status, body } = await post(`${service.url}/v1/tilesets`, request);
  expect(body).not.toHaveProperty("code");
  expect(status).toBe(200);
  return TilesetAnswer.parse(body);
}

async function makeTile(fields: object): Promise<TileAnswer> {
  const { status, body } = await post(`${service.url}/v1/tiles`, {
    prompt: "stone floor",
    ...FAST,
    ...fields,
  });
  expect(body).not.toHaveProperty("code");
  expect(status).toBe(200);
  return TileAnswer.parse(body);
}

const picture = (answer: { base64_images: string[] }, i = 0): Promise<PixelImage> =>
  decodeBase64Image(answer.base64_images[i] ?? "", "base64_images");

async function tileOf(answer: TilesetAnswer, name: string): Promise<PixelImage> {
  const box = answer.tileset.tiles.find((tile) => tile.name === name)?.bounding_box;
  if (!box) throw new Error(`Expected a tile ${name}.`);
  return crop(await picture(answer), box.x, box.y, box.width, box.height);
}

test("two terrains become all 16 tiles on one sheet, few colors, joints below the bar", async () => {
  const answer = await makeSet({});
  expect(answer.tileset.tiles).toHaveLength(16);
  expect(answer.tileset.tiles.map(({ name }) => name).slice(0, 3)).toEqual(["wang_13", "wang_10", "wang_4"]);
  expect(answer.checks).toMatchObject({
    combinations_present: 16,
    combinations_expected: 16,
    partial_alpha_pixels: 0,
    off_palette_pixels: 0,
    duplicate_images: 0,
    grid_scale: 1,
  });
  expect(answer.checks.colors).toBeLessThanOrEqual(24);
  expect(Math.max(answer.checks.seam_ratio_x ?? 9, answer.checks.seam_ratio_y ?? 9)).toBeLessThanOrEqual(0.6);
  const sheet = await picture(answer);
  expect([sheet.width, sheet.height]).toEqual([64, 64]);
  const again = await makeSet(answer.request);
  expect(again.images[0]?.sha256).toBe(answer.images[0]?.sha256);
});

test("a set goes on from another one's terrain byte for byte, and keeps locked tiles", async () => {
  const first = await makeSet({ animated: ["lower"], animation_frames: 2, extrude: 1 });
  const chained = await makeSet({
    upper_description: "sand",
    lower_description: "grass",
    lower_base_tile_id: first.tileset.base_tile_ids.upper,
  });
  expect(equalImages(await tileOf(chained, "wang_0"), await tileOf(first, "wang_15"))).toBe(true);
  const redrawn = await makeSet({
    seed: 6,
    base_tileset_id: chained.id,
    locked: ["wang_3", "wang_15"],
    upper_description: "sand",
  });
  expect(equalImages(await tileOf(redrawn, "wang_3"), await tileOf(chained, "wang_3"))).toBe(true);
  expect(equalImages(await tileOf(redrawn, "wang_1"), await tileOf(chained, "wang_1"))).toBe(false);
  const { body } = await post(`${service.url}/v1/tilesets`, {
    upper_description: "sand",
    lower_base_tile_id: `${first.id}.wang_99`,
  });
  expect(body).toMatchObject({ code: "invalid-request", errors: [{ field: "lower_base_tile_id" }] });
});

test("a plain tile is the ground of a set with the same seed, drawn without a model", async () => {
  for (const prompt of ["grass", "dark brick wall", "mossy cobblestone"]) {
    const tile = await makeTile({ prompt, width: 16 });
    expect(tile.model).toBeNull();
    const set = await makeSet({ upper_description: prompt });
    expect(equalImages(await tileOf(set, "wang_15"), await picture(tile))).toBe(true);
  }
  const held = await makeTile({ prompt: "grass", input_palette: "gameboy" });
  expect(held.checks.off_palette_pixels).toBe(0);
  expect((await makeTile({ prompt: "grass", exemplars: "off" })).model).not.toBeNull();
});

test("a palette of the request holds the whole set", async () => {
  const answer = await makeSet({ input_palette: "pico-8", tileset_type: "blob47" });
  expect(answer.checks).toMatchObject({ off_palette_pixels: 0, combinations_present: 47 });
  expect(answer.palette).toMatchObject({ name: "pico-8", locked: true });
});

test("check_cost plans without drawing; an unfinished set can be cancelled", async () => {
  const request = { upper_description: "grass", lower_description: "water", seed: 1 };
  const cost = await post(`${service.url}/v1/tilesets`, { ...request, check_cost: true });
  expect(CostAnswer.parse(cost.body).request).toMatchObject({ layout: "wang_4x4", color_count: 24 });
  const { body } = await post(`${service.url}/v1/tilesets`, {
    ...request,
    steps: 100,
    exemplars: "off",
    async: true,
  });
  const url = `${service.url}/v1/jobs/${body.job_id}`;
  await until(async () => ((await getJson(url)).body.status === "running" ? true : undefined));
  await fetch(url, { method: "DELETE" });
  expect(
    await until(async () => {
      const { status } = (await getJson(url)).body;
      return status === "running" ? undefined : status;
    }),
  ).toBe("cancelled");
});

test("a tile is seamless, fits published neighbors, and is repaired without a model", async () => {
  const floor = await makeTile({ num_images: 2 });
  expect(floor.images.map(({ seed }) => seed)).toEqual([5, 6]);
  expect(Math.max(floor.checks.seam_ratio_x ?? 9, floor.checks.seam_ratio_y ?? 9)).toBeLessThan(1);
  const next = await makeTile({ match_edges: { left: floor.id, top: floor.base64_images[1] } });
  expect(next.checks.seam_ratio_x).toBe(0);
  expect(edgeRatio(await picture(next), { left: await picture(floor) }, "x")).toBe(0);
  const repaired = await makeTile({ repair: true, input_image: next.base64_images[0] });
  expect(repaired.model).toBeNull();
  expect(repaired.checks.seam_ratio_x).toBeLessThanOrEqual(1);
});
