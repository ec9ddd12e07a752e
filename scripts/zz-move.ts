import { readFile, writeFile } from "node:fs/promises";
import { decodeImage } from "../service/codecs/decode-image.ts";
import { encodePng } from "../service/codecs/encode-png.ts";
import { createImage, crop, drawnBounds, place, type PixelImage } from "../service/pixel/image.ts";
import { upscaleNearest } from "../service/pixel/upscale-nearest.ts";
import { findMotion } from "../service/motion/find-motion.ts";
import { moveCreature } from "../service/motion/move-creature.ts";
import { planOfPrompt } from "../service/motion/rigs/choose-plan.ts";
import { asStill, hasLegs } from "../service/motion/still.ts";
import { asSubject } from "../service/motion/rigs/subject.ts";
const prompts: any[] = JSON.parse(await readFile("models/creature-prompts.json", "utf8"));
const [, , from = "0", to = "30", seeds = "1,2,3", actionOver = "", out = "/tmp/cr/move.png", colsArg = "2"] = process.argv;
const rows: PixelImage[] = [];
const E = 44;
for (const [i, { prompt, action, action_description }] of prompts.entries()) {
  if (i < +from || i >= +to) continue;
  for (const seed of seeds.split(",")) {
    const image = await decodeImage(await readFile(`/tmp/cr/${String(i).padStart(2, "0")}-${prompt.replaceAll(" ", "_")}-32-${seed}.png`), "x");
    const b = drawnBounds(image)!;
    const canvas = place(crop(image, b.x, b.y, b.width, b.height), createImage(E, E), (E - b.width) >> 1, E - b.height - 1);
    const still = asStill(canvas)!;
    const [a, d] = actionOver ? (actionOver.includes(":") ? actionOver.split(":") : [actionOver, ""]) : [action, action_description ?? ""];
    const found = findMotion(a as never, d!);
    const s = asSubject(still, planOfPrompt(prompt));
    const t = performance.now();
    const made = moveCreature(still, found, { prompt, count: 8, loop: found.cycle, seed: 1, figure: hasLegs(still), forward: 1, exactFirst: false });
    console.log(i, prompt, seed, s.view, s.facing, (performance.now() - t).toFixed(0) + "ms", made.warnings.join());
    let row = createImage(E * 9, E);
    row = place(canvas, row, 0, 0);
    made.frames.forEach((f, k) => { row = place(f, row, E * (k + 1), 0); });
    // facing mark
    if (s.view === "side") row.data.set([255, 0, 0, 255], 4 * (1 * row.width + (s.facing > 0 ? E - 2 : 1)));
    rows.push(row);
  }
}
const cols = +colsArg;
const n = Math.ceil(rows.length / cols);
const sheet = createImage(cols * (E * 9 + 4), n * E);
for (let i = 0; i < sheet.data.length; i += 4) sheet.data.set([86, 108, 92, 255], i);
rows.forEach((row, i) => {
  const [ox, oy] = [Math.floor(i / n) * (E * 9 + 4), (i % n) * E];
  for (let y = 0; y < E; y++) for (let x = 0; x < row.width; x++) { const s = 4 * (y * row.width + x); if (row.data[s + 3]) sheet.data.set(row.data.subarray(s, s + 4), 4 * ((oy + y) * sheet.width + ox + x)); }
});
await writeFile(out, await encodePng(upscaleNearest(sheet, +(process.argv[8] ?? 3))));
