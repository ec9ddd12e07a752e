/**
 * Draws the fixed prompts of models/sample-prompts.json with seeds 0 to 3, nothing picked, and measures them:
 *
 *   npm run samples -- [--exemplars auto|off] [--out out/samples]
 *
 * Writes one contact sheet a group (four seeds side by side on a card) and figures.json.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { modelsDirs, packageInfo } from "../service/cli/package-info.ts";
import { decodeImage } from "../service/codecs/decode-image.ts";
import { encodePng } from "../service/codecs/encode-png.ts";
import { createModelHost, type ModelHost } from "../service/models/model-host.ts";
import { drawContactSheet } from "../service/pixel/contact-sheet.ts";
import { createImage, crop, type PixelImage, place } from "../service/pixel/image.ts";
import { measureImages } from "../service/pixel/measure.ts";
import { planSprite } from "../service/recipes/sprite.ts";
import { parseSpriteRequest } from "../shared/parse-request.ts";

const SEEDS = 4;
const GAP = 1;
const STYLE_OF_GROUP: Readonly<Record<string, string>> = { surfaces: "texture", portraits: "portrait" };

interface Drawing {
  images: PixelImage[];
  started: boolean;
}

async function draw(host: ModelHost, prompt: string, style: string, exemplars: string): Promise<Drawing> {
  const { request, ignored } = parseSpriteRequest({
    prompt,
    prompt_style: style,
    exemplars,
    seed: 0,
    num_images: SEEDS,
  });
  const models = host.catalog().map((entry) => entry.description);
  const decoded = { inputImage: null, palettePicture: null };
  const plan = planSprite(request, { models, decoded, ignored, chooseSeed: () => 0 });
  const { pictures } = await host.generate(plan, {
    signal: new AbortController().signal,
    onProgress: () => {},
  });
  return {
    images: pictures.map(({ image }) => image),
    started: pictures.some((picture) => picture.exemplars.length > 0),
  };
}

function sideBySide(images: readonly PixelImage[]): PixelImage {
  const { width, height } = images[0]!;
  return images.reduce(
    (strip, image, i) => place(image, strip, i * (width + GAP), 0),
    createImage(images.length * (width + GAP) - GAP, height),
  );
}

/** Share of the pixels drawn in either image that differ by more than 32 in a channel; 0 = the same picture. */
function difference(a: PixelImage, b: PixelImage): number {
  let drawn = 0;
  let unlike = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    if (a.data[i + 3] === 0 && b.data[i + 3] === 0) continue;
    drawn++;
    if ([0, 1, 2, 3].some((c) => Math.abs(a.data[i + c]! - b.data[i + c]!) > 32)) unlike++;
  }
  return drawn === 0 ? 0 : unlike / drawn;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

const { values } = parseArgs({
  options: {
    exemplars: { type: "string", default: "auto" },
    out: { type: "string", default: "out/samples" },
  },
});
const modelsFolder = join(packageInfo().root, "models");
const groups = JSON.parse(readFileSync(join(modelsFolder, "sample-prompts.json"), "utf8")) as Record<
  string,
  string[]
>;
const atlas = await decodeImage(readFileSync(join(modelsFolder, "embedded-v1/exemplars.png")), "exemplars");
const cells = Array.from({ length: (atlas.width / 32) * (atlas.height / 32) }, (_, i) =>
  crop(atlas, (i % 64) * 32, Math.floor(i / 64) * 32, 32, 32),
);
const host = await createModelHost({ modelsDirs: modelsDirs(process.env), env: process.env, log: () => {} });
mkdirSync(values.out, { recursive: true });
const drawings: { group: string; prompt: string; drawing: Drawing }[] = [];
for (const [group, prompts] of Object.entries(groups)) {
  for (const prompt of prompts) {
    const style = STYLE_OF_GROUP[group] ?? "default";
    drawings.push({ group, prompt, drawing: await draw(host, prompt, style, values.exemplars) });
  }
  const entries = drawings
    .filter((one) => one.group === group)
    .map(({ prompt, drawing }) => ({ image: sideBySide(drawing.images), caption: prompt }));
  const sheet = drawContactSheet(entries, { scale: 2, columns: 4 });
  writeFileSync(join(values.out, `${group}-${values.exemplars}.png`), await encodePng(sheet));
  process.stderr.write(`${group}: ${prompts.length} prompts\n`);
}
await host.close();

const images = drawings.flatMap(({ drawing }) => drawing.images);
const surfaces = drawings
  .filter(({ group }) => group === "surfaces")
  .flatMap(({ drawing }) => drawing.images);
const nearest = images.map((image) => Math.min(...cells.map((cell) => difference(image, cell))));
const seams = surfaces.map((image) => measureImages([image], null, { tileX: true, tileY: true }));
const figures = {
  exemplars: values.exemplars,
  prompts: drawings.length,
  images: images.length,
  prompts_with_exemplars: drawings.filter(({ drawing }) => drawing.started).length,
  ...measureImages(images, null, { tileX: false, tileY: false }),
  difference_between_seeds: mean(
    drawings.map(
      ({
        drawing: {
          images: [first, ...rest],
        },
      }) => mean(rest.map((other) => difference(first!, other))),
    ),
  ),
  nearest_exemplar_difference: mean(nearest),
  share_within_a_tenth_of_an_exemplar: mean(nearest.map((value) => Number(value < 0.1))),
  mean_seam_ratio_x: mean(seams.map((seam) => seam.seam_ratio_x ?? 0)),
  mean_seam_ratio_y: mean(seams.map((seam) => seam.seam_ratio_y ?? 0)),
};
writeFileSync(join(values.out, `figures-${values.exemplars}.json`), `${JSON.stringify(figures, null, 2)}\n`);
process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
