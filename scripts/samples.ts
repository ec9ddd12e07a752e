/**
 * Draws the fixed prompts of models/sample-prompts.json with seeds 0 to 3, nothing picked, for the model card
 * (those of "sizes" with seed 0 in each of the model's sizes):
 *
 *   npm run samples -- [--exemplars auto|off] [--out out/samples]
 *
 * Writes one contact sheet a group (four seeds, or all sizes, side by side on a card). `npm run eval` measures.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { encodePng } from "../service/codecs/encode-png.ts";
import { loadCatalog } from "../service/generators/catalog.ts";
import { modelsDirs, packageInfo } from "../service/package-info.ts";
import { drawContactSheet } from "../service/pixel/contact-sheet.ts";
import { createImage, type PixelImage, place } from "../service/pixel/image.ts";
import { drawPrompt, planPrompt, type Subject, withModel } from "./eval/draw-prompts.ts";

const GAP = 1;
const STYLE_OF_GROUP: Readonly<Record<string, string>> = { surfaces: "texture", portraits: "portrait" };

/** Pictures in a row, on one ground line. */
function sideBySide(images: readonly PixelImage[]): PixelImage {
  const height = Math.max(...images.map((image) => image.height));
  let strip = createImage(
    images.reduce((sum, { width }) => sum + width + GAP, -GAP),
    height,
  );
  let x = 0;
  for (const image of images) {
    strip = place(image, strip, x, height - image.height);
    x += image.width + GAP;
  }
  return strip;
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
const [entry] = await loadCatalog(modelsDirs(process.env));
if (!entry) throw new Error("There is no model: pixelkiln doctor says what to do.");
mkdirSync(values.out, { recursive: true });
await withModel(entry.folder, drawGroups);

async function drawGroups(subject: Subject): Promise<void> {
  for (const [group, prompts] of Object.entries(groups)) {
    const entries = [];
    for (const prompt of prompts) {
      const { exemplars } = values;
      const images =
        group === "sizes"
          ? await drawInSizes(subject, prompt, exemplars)
          : (await drawPrompt(subject, { prompt, style: STYLE_OF_GROUP[group], exemplars })).images;
      entries.push({ image: sideBySide(images), caption: prompt });
    }
    const sheet = drawContactSheet(entries, { scale: 2, columns: group === "sizes" ? 3 : 4 });
    writeFileSync(join(values.out, `${group}-${values.exemplars}.png`), await encodePng(sheet));
    process.stderr.write(`${group}: ${prompts.length} prompts\n`);
  }
}

async function drawInSizes(subject: Subject, prompt: string, exemplars: string): Promise<PixelImage[]> {
  const images: PixelImage[] = [];
  for (const size of subject.info.sizes) {
    const plan = planPrompt(subject, {
      prompt,
      exemplars,
      width: size,
      height: size,
      seed: 0,
      num_images: 1,
    });
    images.push((await subject.draw(plan)).pictures[0]!.image);
  }
  return images;
}
