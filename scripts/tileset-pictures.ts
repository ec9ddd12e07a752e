/**
 * Makes the pictures and figures of docs/tilesets.md with the real model: `npx tsx scripts/tileset-pictures.ts`. Ten pairs
 * of terrains as wang16 and as blob47, each on a random map of 20 x 12 cells, seed 1, nothing picked; prints the table.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { makeHere } from "../service/cli/local-workers.ts";
import { decodeBase64Image } from "../service/codecs/decode-image.ts";
import { encodePng } from "../service/codecs/encode-png.ts";
import type { MadeAsset } from "../service/kinds/made-asset.ts";
import { tileset } from "../service/kinds/tileset/kind.ts";
import { modelsDirs } from "../service/package-info.ts";
import { type ContactSheetEntry, drawContactSheet } from "../service/pixel/contact-sheet.ts";
import { createImage, crop, type PixelImage, place } from "../service/pixel/image.ts";
import { maskMap, randomPlaces } from "../service/terrain/sample-map.ts";
import { createWorkers } from "../service/workers/workers.ts";

const PAIRS = [
  ["grass", "water"],
  ["sand", "sea"],
  ["stone", "lava"],
  ["snow", "ice"],
  ["dirt", "grass"],
  ["moss", "stone"],
  ["path", "grass"],
  ["mud", "swamp"],
  ["brick", "dirt"],
  ["cobblestone", "grass"],
] as const;
const MAP = { columns: 20, rows: 12 };
const MAP_SEED = 3;
const OUT = "docs/images";
/** Other forms and options, one map each. */
const MORE = [
  {
    caption: "grass, sand, water: transition_size 0.5",
    tile_size: 32,
    transition: "sand",
    transition_size: 0.5,
  },
  { caption: "edge16: path in grass", upper: "path", lower: "grass", tileset_type: "edge16" },
  {
    caption: "sidescroller: dirt under grass",
    upper: "dirt",
    lower: "",
    transition: "grass",
    tileset_type: "sidescroller",
  },
  {
    caption: "retro_4x5 with its variants, square",
    layout: "retro_4x5",
    shape_style: "square",
    raggedness: 0,
  },
] as const;

const workers = await createWorkers({ modelsDirs: modelsDirs(process.env), env: process.env, log: () => {} });
await mkdir(OUT, { recursive: true });
try {
  await workers.warm();
  for (const tileset_type of ["wang16", "blob47"] as const) {
    const entries: ContactSheetEntry[] = [];
    for (const [upper, lower] of PAIRS) {
      const request = { upper_description: upper, lower_description: lower, tileset_type };
      const made = await make(request);
      entries.push({ image: await drawMap(made), caption: `${upper} / ${lower}` });
      report(`${upper} / ${lower}`, made);
    }
    await save(`tilesets-${tileset_type}.png`, entries);
  }
  const entries: ContactSheetEntry[] = [];
  for (const { caption, ...rest } of MORE) {
    const {
      upper = "grass",
      lower = "water",
      transition = "",
      ...options
    } = { ...rest } as Record<string, unknown>;
    const terrains = { upper_description: upper, transition_description: transition };
    const made = await make({
      ...terrains,
      ...(lower === "" ? {} : { lower_description: lower }),
      ...options,
    });
    entries.push({ image: await drawMap(made), caption });
    report(caption, made);
  }
  await save("tilesets-more.png", entries);
} finally {
  await workers.close();
}

function make(request: object): Promise<MadeAsset> {
  const parsed = tileset.parse({ ...request, seed: 1 });
  const target = { name: "tiles", engines: [], folder: "", assetId: "set_0000000000000000" };
  const hooks = { signal: new AbortController().signal, onProgress: () => {} };
  return makeHere(workers, { kind: tileset, parsed, target }, hooks);
}

/** A random map; tiles of one form take turns with their variants. */
async function drawMap({ manifest, files }: MadeAsset): Promise<PixelImage> {
  const { tileset: described } = manifest;
  const bytes = files.find(({ role }) => role === "sheet")?.bytes;
  if (!described || !bytes) throw new Error("Expected a tileset with a sheet.");
  const sheet = await decodeBase64Image(Buffer.from(bytes).toString("base64"), "sheet");
  const { width, height } = described.tile_size;
  // Larger tiles show fewer cells, so that all maps have about one size.
  const shrink = width > 16 ? 2 : 1;
  const size = { columns: MAP.columns / shrink, rows: MAP.rows / shrink };
  const { masks } = maskMap(described.type, size, randomPlaces(MAP_SEED));
  let map = createImage(size.columns * width, size.rows * height);
  for (const [i, mask] of masks.entries()) {
    const choices = described.tiles.filter((tile) => tile.mask === mask);
    const box = choices[(7 * i) % choices.length]!.bounding_box;
    const tile = crop(sheet, box.x, box.y, width, height);
    map = place(tile, map, (i % size.columns) * width, Math.floor(i / size.columns) * height);
  }
  return map;
}

function report(caption: string, { manifest: { checks }, timings }: MadeAsset): void {
  const { seam_ratio_x: x, seam_ratio_y: y, colors, combinations_present: present } = checks;
  const ms = Math.round(timings.model + timings.post + timings.encode);
  console.log(`| ${caption} | ${present} | ${x} | ${y} | ${colors} | ${ms} |`);
}

async function save(name: string, entries: readonly ContactSheetEntry[]): Promise<void> {
  await writeFile(join(OUT, name), await encodePng(drawContactSheet(entries, { scale: 2, columns: 2 })));
}
