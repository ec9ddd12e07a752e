/**
 * Draws the fixed prompts of models/sample-prompts.json with seeds 0 to 3, nothing picked, for the model card:
 *
 *   npm run samples -- [--exemplars auto|off] [--out out/samples]
 *
 * Writes one contact sheet a group (four seeds side by side on a card). `npm run eval` measures.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { encodePng } from "../service/codecs/encode-png.ts";
import { loadCatalog } from "../service/generators/catalog.ts";
import { modelsDirs, packageInfo } from "../service/package-info.ts";
import { drawContactSheet } from "../service/pixel/contact-sheet.ts";
import { createImage, type PixelImage, place } from "../service/pixel/image.ts";
import { drawPrompt, type Subject, withModel } from "./eval/draw-prompts.ts";

const GAP = 1;
const STYLE_OF_GROUP: Readonly<Record<string, string>> = { surfaces: "texture", portraits: "portrait" };

function sideBySide(images: readonly PixelImage[]): PixelImage {
  const { width, height } = images[0]!;
  return images.reduce(
    (strip, image, i) => place(image, strip, i * (width + GAP), 0),
    createImage(images.length * (width + GAP) - GAP, height),
  );
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
      const { images } = await drawPrompt(subject, { prompt, style: STYLE_OF_GROUP[group], exemplars });
      entries.push({ image: sideBySide(images), caption: prompt });
    }
    const sheet = drawContactSheet(entries, { scale: 2, columns: 4 });
    writeFileSync(join(values.out, `${group}-${values.exemplars}.png`), await encodePng(sheet));
    process.stderr.write(`${group}: ${prompts.length} prompts\n`);
  }
}
