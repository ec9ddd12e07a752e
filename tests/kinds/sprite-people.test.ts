import { expect, test } from "vitest";
import { toOklch } from "../../service/pixel/alter/oklch.ts";
import { drawnBounds, type PixelImage } from "../../service/pixel/image.ts";
import { colorAt } from "../../service/pixel/parse-hex.ts";
import { drawGround } from "../../service/terrain/draw-ground.ts";
import { makeSprite, planOf } from "./make-sprite.ts";

/** Counts the pixels of a hue, in degrees of OKLCh, in the rows of a drawing between two shares of its height. */
function countHue(image: PixelImage, [from, to]: [number, number], [top, bottom]: [number, number]): number {
  const box = drawnBounds(image)!;
  let count = 0;
  for (let p = 0; p < image.width * image.height; p++) {
    const row = (Math.floor(p / image.width) - box.y) / box.height;
    if (image.data[4 * p + 3] === 0 || row < top || row > bottom) continue;
    const { c, h } = toOklch(colorAt(image.data, 4 * p));
    const hue = ((h * 180) / Math.PI + 360) % 360;
    if (c > 0.06 && hue >= from && hue <= to) count++;
  }
  return count;
}

const GREEN: [number, number] = [110, 180];
const RED: [number, number] = [10, 40];
const BLUE: [number, number] = [230, 280];

test("a person is dressed from licensed parts, and every part that is seen is credited", async () => {
  const { manifest } = await makeSprite({ prompt: "knight in silver armor with a red cape" });
  const { provenance } = manifest;
  expect([provenance.model, provenance.exemplars, manifest.unmet_words]).toEqual([null, [], []]);
  const parts = provenance.parts!.map(({ part }) => part);
  expect(parts).toEqual(expect.arrayContaining(["armour/plate", "cape/wide"]));
  for (const part of provenance.parts!) {
    expect(part.authors.length).toBeGreaterThan(0);
    expect(provenance.credit).toContain(part.license);
    for (const author of part.authors) expect(provenance.credit).toContain(author);
  }
});

test("a color lands on what it is said of", async () => {
  const [hood] = (await makeSprite({ prompt: "elf archer with a green hood and red boots" })).pictures;
  expect(countHue(hood!, GREEN, [0, 0.35])).toBeGreaterThan(10);
  expect(countHue(hood!, RED, [0.85, 1])).toBeGreaterThan(3);
  expect(countHue(hood!, RED, [0, 0.3])).toBe(0);
  const [queen] = (await makeSprite({ prompt: "queen in a blue dress" })).pictures;
  expect(countHue(queen!, BLUE, [0.5, 1])).toBeGreaterThan(40);
});

test.each([16, 24, 32, 48, 64])("a person stands in %i pixels, and fills most of them", async (edge) => {
  const { pictures } = await makeSprite({ prompt: "wizard with a staff", width: edge, height: edge });
  const box = drawnBounds(pictures[0]!)!;
  expect([pictures[0]!.width, pictures[0]!.height]).toEqual([edge, edge]);
  expect(box.height).toBeGreaterThanOrEqual(0.75 * edge);
});

test("seeds give different people where the prompt leaves it open, and the same one the same", async () => {
  const { pictures } = await makeSprite({ prompt: "villager", num_images: 4 });
  const looks = new Set(pictures.map(({ data }) => data.join()));
  expect(looks.size).toBe(4);
  const again = await makeSprite({ prompt: "villager", seed: 4 });
  expect(again.pictures[0]!.data).toEqual(pictures[1]!.data);
});

test("palette, colors and outline are those of the request", async () => {
  const { manifest } = await makeSprite({
    prompt: "pirate with a red bandana",
    input_palette: "pico-8",
    color_count: 6,
    outline_color: "#000000",
    upscale_output_factor: 2,
  });
  expect(manifest.checks).toMatchObject({ off_palette_pixels: 0, partial_alpha_pixels: 0, grid_scale: 2 });
  expect(manifest.checks.colors).toBeLessThanOrEqual(7);
  expect(manifest.images[0]!.width).toBe(64);
});

test("things that no part shows are added from licensed drawings, and named beside the parts", async () => {
  const { manifest, pictures } = await makeSprite({ prompt: "pirate captain with a parrot" });
  expect(manifest.unmet_words).toEqual([]);
  expect(manifest.provenance.exemplars.map(({ caption }) => caption)).toEqual([
    expect.stringContaining("parrot"),
  ]);
  expect(manifest.images[0]!.exemplars).toEqual(manifest.provenance.exemplars);
  expect(manifest.provenance.parts!.length).toBeGreaterThan(3);
  expect(manifest.provenance.model?.id).toBe("embedded-v1");
  const alone = await makeSprite({ prompt: "pirate captain" });
  expect(pictures[0]!.data).not.toEqual(alone.pictures[0]!.data);
});

test("what is added takes the place of the weapon that the role has", async () => {
  const parts = async (prompt: string) =>
    (await makeSprite({ prompt })).manifest.provenance.parts!.map(({ part }) => part.split("/")[0]);
  expect(await parts("guard")).toContain("weapon");
  expect(await parts("guard holding a lantern")).not.toContain("weapon");
});

test("words that nothing shows are told", async () => {
  const { manifest } = await makeSprite({ prompt: "transparent knight with a tattoo" });
  expect(manifest.unmet_words).toEqual(expect.arrayContaining(["transparent", "tattoo"]));
});

test("a portrait shows head and shoulders, in the colors of the prompt, down to the lower edge", async () => {
  const { manifest, pictures } = await makeSprite({
    prompt: "woman with blue hair and a red shirt",
    prompt_style: "portrait",
  });
  const box = drawnBounds(pictures[0]!)!;
  expect(box.y + box.height).toBe(32);
  expect(countHue(pictures[0]!, BLUE, [0, 0.4])).toBeGreaterThan(60);
  expect(countHue(pictures[0]!, RED, [0.75, 1])).toBeGreaterThan(60);
  expect(manifest.provenance.parts!.length).toBeGreaterThan(2);
});

test.each([
  [{ exemplars: "off" }, "the model draws from text alone"],
  [{ exemplars: "cc0" }, "no body is CC0"],
  [{ prompt_style: "1_bit" }, "a symbol"],
  [{ prompt_style: "mc_item" }, "an item"],
])("%o leaves a knight to the model: %s", async (fields: object, _why) => {
  expect((await planOf({ prompt: "knight with a red cape" })).model).toBeNull();
  expect((await planOf({ prompt: "knight with a red cape", ...fields })).model?.id).toBe("embedded-v1");
});

test("with CC0 only, no picture has a part under another license", async () => {
  const { manifest } = await makeSprite({ prompt: "knight with a red cape", exemplars: "cc0" });
  expect(manifest.provenance.parts).toBeUndefined();
  for (const { license } of manifest.provenance.exemplars) expect(license).toBe("CC0-1.0");
});

test("a texture of a plain ground is the one that tiles and tilesets have", async () => {
  const { manifest, pictures } = await makeSprite({ prompt: "grass", prompt_style: "texture" });
  expect(pictures[0]).toEqual(drawGround("grass", { width: 32, height: 32, seed: 3 }));
  expect(manifest.provenance.model).toBeNull();
  expect(manifest.checks.seam_ratio_x).toBeLessThanOrEqual(1.25);
  const large = await makeSprite({ prompt: "lava", prompt_style: "texture", width: 96, height: 96 });
  expect([large.manifest.images[0]!.width, large.manifest.warnings]).toEqual([96, []]);
  const off = await planOf({ prompt: "grass", prompt_style: "texture", exemplars: "off" });
  expect(off.model?.id).toBe("embedded-v1");
});
