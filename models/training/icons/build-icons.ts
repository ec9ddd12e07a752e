/**
 * Vector icons -> training sprites: an atlas and index in the form of the sprite data set.
 *
 *     npm ci --prefix models/training/icons
 *     npx tsx models/training/icons/build-icons.ts --out DATA2
 *
 * Each picture is drawn large, brought to the pixel grid cell by cell (the dominant color of each cell, never a
 * mean), held to twelve colors and given a dark outline: pixel art by the rules of this program's own pipeline.
 * Five sizes of each (symbols: one), every one drawn for its own grid and in the atlas of its size. Flags, signs,
 * letters and skin tones are left out.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { encodePng } from "../../../service/codecs/encode-png.ts";
import { drawOutline } from "../../../service/pixel/draw-outline.ts";
import { despeckle } from "../../../service/pixel/despeckle.ts";
import { countColors } from "../../../service/pixel/count-colors.ts";
import { createImage, drawnBounds, type PixelImage, place } from "../../../service/pixel/image.ts";
import { kCentroid } from "../../../service/pixel/k-centroid.ts";
import { limitColors } from "../../../service/pixel/limit-colors.ts";
import { removeIslands } from "../../../service/pixel/remove-islands.ts";

/** Edges of the cells. The drawing is two pixels smaller, which leaves room for its outline. */
const CELLS = [64, 48, 32, 24, 16];
const GLYPH_CELLS = [32];
const ATLAS_WIDTH = 2048;
/** How many pixels of the large drawing make one of the small. */
const OVERSAMPLING = 8;
const COLORS = 12;
const OUTLINE = "#1a1420";
const GLYPH = "#f4f4f4";
/** More colors than this are a photograph's, not an icon's. */
const SPECK = 3;

interface IconSet {
  icons: Record<string, { body: string; width?: number; height?: number }>;
  aliases?: Record<string, { parent: string; hFlip?: boolean }>;
  width?: number;
  height?: number;
}

/** One thing to draw: the icon, its words and its kind in the terms of the data set. */
interface Subject {
  icon: string;
  /** What it is called, without the words that are only near it. */
  title: string;
  caption: string;
  category: string;
  kind: "sprite" | "icon" | "portrait";
}

const SOURCES = {
  fluent: {
    package: "@iconify-json/fluent-emoji-flat",
    license: "MIT",
    url: "https://github.com/microsoft/fluentui-emoji",
    author: "Microsoft Corporation",
    attribution: 9001,
  },
  noto: {
    package: "@iconify-json/noto",
    license: "Apache-2.0",
    url: "https://github.com/googlefonts/noto-emoji",
    author: "Google Inc",
    attribution: 9002,
  },
  "game-icons": {
    package: "@iconify-json/game-icons",
    license: "CC-BY-3.0",
    url: "https://game-icons.net",
    author: "Lorc, Delapouite and contributors of game-icons.net",
    attribution: 9003,
  },
} as const;
type Source = keyof typeof SOURCES;

const require = createRequire(import.meta.url);
const readJson = (path: string) => JSON.parse(readFileSync(path, "utf8"));
const packageFile = (name: string, file: string) =>
  join(dirname(require.resolve(`${name}/package.json`)), file);

/** Emoji groups and subgroups (names of CLDR) that hold things a game shows. */
const LEFT_OUT_GROUPS = new Set(["component", "flags"]);
const LEFT_OUT_SUBGROUPS = new Set([
  ...["family", "person-symbol", "person-gesture", "person-resting", "hand-fingers-partial", "hand-single-finger"],
  ...["transport-sign", "arrow", "religion", "zodiac", "av-symbol", "gender", "currency", "keycap", "alphanum"],
  ...["geometric", "punctuation", "time"],
]);
const BUSTS = new Set(["person", "person-role", "person-fantasy"]);
const FULL_FIGURES = /fairy|mer(person|man|maid)|genie|zombie|vampire|angel|tuxedo|veil/;
const LEFT_OUT_LABELS = /wheelchair|cane|pregnant|feeding|deaf|person in bed|facing right|: /;

interface Emoji {
  label: string;
  tags?: string[];
  group?: number;
  subgroup?: number;
  gender?: number;
}

const slug = (label: string) =>
  label
    .toLowerCase()
    .normalize("NFD")
    .replace(/[\u0300-\u036f’'.]/g, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
/** Words that the two icon sets still use for what the standard renamed. */
const FORMER_NAMES: Record<string, string[]> = {
  mage: ["person-mage", "wizard"],
  elf: ["person-elf"],
  fairy: ["person-fairy"],
  zombie: ["person-zombie"],
  vampire: ["person-vampire"],
  genie: ["person-genie"],
  merperson: ["person-merperson"],
  superhero: ["person-superhero"],
  supervillain: ["person-supervillain"],
};

/** What people call a thing where the standard's label is another word. */
const COMMON_NAMES: Record<string, string> = {
  mage: "wizard",
  "person with crown": "king",
  tulip: "flower",
  hibiscus: "flower",
  rose: "flower",
  sunflower: "flower",
  ewe: "sheep",
  "bow and arrow": "bow",
  "evergreen tree": "tree",
  "deciduous tree": "tree",
  "red paper lantern": "lantern",
  package: "cardboard box",
  "red apple": "apple",
  "cut of meat": "meat",
  "cheese wedge": "cheese",
  "military helmet": "helmet",
  "gem stone": "gem",
  locked: "padlock",
  "person in suit levitating": "floating man",
  sailboat: "sailing boat",
  "magic wand": "magic staff",
};

function emojiSubjects(set: IconSet): Subject[] {
  const data: Emoji[] = readJson(packageFile("emojibase-data", "en/data.json"));
  const names = readJson(packageFile("emojibase-data", "en/messages.json"));
  const nameOf = (list: { order: number; key: string }[], order?: number) =>
    list.find((one) => one.order === order)?.key ?? "";
  const subjects: Subject[] = [];
  for (const emoji of data) {
    const [group, subgroup] = [nameOf(names.groups, emoji.group), nameOf(names.subgroups, emoji.subgroup)];
    if (group === "" || LEFT_OUT_GROUPS.has(group) || LEFT_OUT_SUBGROUPS.has(subgroup)) continue;
    if (LEFT_OUT_LABELS.test(emoji.label) && group === "people-body") continue;
    if (emoji.gender !== undefined && subgroup !== "person-fantasy") continue;
    const name = slug(emoji.label);
    const icon = [name, ...(FORMER_NAMES[name] ?? [])].find((one) => set.icons[one]);
    if (icon === undefined) continue;
    const category = subgroup.replace(/^(food|place|animal|plant|transport|face)-/, "").replaceAll("-", " ");
    const label = emoji.label.toLowerCase().replace(/[“”"!]/g, "");
    const words = [COMMON_NAMES[label], ...(emoji.tags ?? [])].filter((tag) => tag && !label.includes(tag));
    const bust = BUSTS.has(subgroup) && !FULL_FIGURES.test(label);
    const flat = group === "smileys-emotion" || group === "symbols" || subgroup.startsWith("hand");
    subjects.push({
      icon,
      title: [COMMON_NAMES[label], label].filter(Boolean).join(", "),
      caption: [label, ...words.slice(0, 4)].join(", "),
      category: group === "food-drink" ? "food" : category,
      kind: bust ? "portrait" : flat ? "icon" : "sprite",
    });
  }
  return subjects;
}

/** Game icons are one-color shapes: their names say what they are. Cards, dice faces and countries are signs. */
function glyphSubjects(set: IconSet): Subject[] {
  const signs = /^(card-|dice-|abstract-|tarot-|rank-|plain-|domino|cards)|^[a-z]+ia$|^(south|north)-/;
  return Object.keys(set.icons)
    .filter((icon) => !signs.test(icon))
    .map((icon) => ({
      icon,
      title: icon.replaceAll("-", " "),
      caption: `${icon.replaceAll("-", " ")}, white symbol`,
      category: "symbol",
      kind: "icon",
    }));
}

async function rasterize(set: IconSet, icon: string, edge: number): Promise<PixelImage> {
  const { body, width = set.width ?? 16, height = set.height ?? 16 } = set.icons[icon]!;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 ${width} ${height}" width="${edge}" height="${edge}" color="${GLYPH}">${body}</svg>`;
  const { data, info } = await sharp(Buffer.from(svg)).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

/** Draws an icon and its outline in a cell of `cell` pixels; null when nothing is left. */
async function drawSprite(set: IconSet, icon: string, cell: number, outlined: boolean) {
  const edge = cell - 2;
  const large = await rasterize(set, icon, edge * OVERSAMPLING);
  const small = despeckle(limitColors(removeIslands(kCentroid(large, edge, edge), SPECK), COLORS));
  const box = drawnBounds(small);
  if (!box || box.width * box.height < edge) return null;
  const placed = place(small, createImage(cell, cell), 1, 1);
  return outlined ? drawOutline(placed, OUTLINE) : placed;
}

/** Writes cells of one size as a grid, row by row. */
async function writeAtlas(path: string, cells: readonly PixelImage[], edge: number): Promise<void> {
  const columns = Math.floor(ATLAS_WIDTH / edge);
  const atlas = createImage(ATLAS_WIDTH, Math.ceil(cells.length / columns) * edge);
  for (const [i, cell] of cells.entries()) {
    for (let y = 0; y < edge; y++) {
      const to = 4 * ((Math.floor(i / columns) * edge + y) * atlas.width + (i % columns) * edge);
      atlas.data.set(cell.data.subarray(4 * y * edge, 4 * (y + 1) * edge), to);
    }
  }
  writeFileSync(path, await encodePng(atlas));
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { out: { type: "string" } } });
  if (values.out === undefined) throw new Error("Expected --out DIR.");
  mkdirSync(values.out, { recursive: true });
  const atlases = new Map<number, PixelImage[]>(CELLS.map((edge) => [edge, []]));
  const rows: Record<string, unknown>[] = [];
  const counts: Partial<Record<Source, number>> = {};
  for (const [source, { package: name, license, attribution }] of Object.entries(SOURCES)) {
    const set: IconSet = readJson(packageFile(name, "icons.json"));
    const glyphs = source === "game-icons";
    const subjects = glyphs ? glyphSubjects(set) : emojiSubjects(set);
    for (const { icon, title, caption, category, kind } of subjects) {
      for (const size of glyphs ? GLYPH_CELLS : CELLS) {
        const cells = atlases.get(size)!;
        const image = await drawSprite(set, icon, size, !glyphs);
        if (!image) continue;
        const box = drawnBounds(image)!;
        rows.push({
          id: `${source}-${icon}-${size}`,
          kind: "sprite",
          size,
          atlas: `sprite-${size}-00.png`,
          cell: cells.length,
          directions: 1,
          frames: 1,
          title,
          caption,
          concept: caption.split(",")[0],
          category: kind === "sprite" ? category : kind,
          source,
          license,
          attribution,
          path: icon,
          bbox: [box.x, box.y, box.x + box.width, box.y + box.height],
          colors: [],
          ncolors: countColors(image).size,
          tags: [category],
          native: size,
        });
        cells.push(image);
        counts[source as Source] = (counts[source as Source] ?? 0) + 1;
      }
    }
    console.error(`${source}: ${counts[source as Source]} sprites of ${subjects.length} icons`);
  }
  for (const [edge, cells] of atlases) {
    await writeAtlas(join(values.out, `sprite-${edge}-00.png`), cells, edge);
  }
  writeFileSync(join(values.out, "index.jsonl"), `${rows.map((row) => JSON.stringify(row)).join("\n")}\n`);
  const credits = Object.entries(SOURCES).map(([source, { license, url, author, attribution }]) => {
    return JSON.stringify({ attribution, source, url, license, author, items: counts[source as Source] ?? 0 });
  });
  writeFileSync(join(values.out, "ATTRIBUTION.jsonl"), `${credits.join("\n")}\n`);
}

await main();
