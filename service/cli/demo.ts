import { join, resolve } from "node:path";
import { decodeImage } from "../codecs/decode-image.ts";
import { encodePng } from "../codecs/encode-png.ts";
import { sprite } from "../kinds/sprite/kind.ts";
import { tile } from "../kinds/tile/kind.ts";
import { sha256 } from "../library/hashes.ts";
import { type ContactSheetEntry, drawContactSheet } from "../pixel/contact-sheet.ts";
import { equalImages } from "../pixel/image.ts";
import { safeName } from "../words/safe-name.ts";
import type { Workers } from "../workers/workers.ts";
import { checkFolder } from "./check-place.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { makeHere, openWorkers } from "./local-workers.ts";
import { writeAsset } from "./make-asset-command.ts";
import { createProgressDisplay } from "./progress.ts";
import { columns, readArguments, textFlag } from "./usage.ts";
import { writeWhole } from "./write-whole.ts";

/** What the demo draws: different subjects, each with a fixed seed. */
const DEMO: readonly { prompt: string; seed: number; kind: typeof sprite | typeof tile }[] = [
  { prompt: "red dragon", seed: 1, kind: sprite },
  { prompt: "blue potion", seed: 3, kind: sprite },
  { prompt: "golden key", seed: 2, kind: sprite },
  { prompt: "old wizard with a staff", seed: 1, kind: sprite },
  { prompt: "orange fish", seed: 2, kind: sprite },
  { prompt: "red mushroom", seed: 1, kind: sprite },
  { prompt: "purple gem", seed: 1, kind: sprite },
  { prompt: "white skull", seed: 8, kind: sprite },
  { prompt: "golden crown", seed: 9, kind: sprite },
  { prompt: "green tree", seed: 1, kind: sprite },
  { prompt: "cobblestone", seed: 11, kind: tile },
  { prompt: "lava", seed: 12, kind: tile },
];

const SHEET = { scale: 6, columns: 4 };
const SHEET_FILE = "contact-sheet.png";

/** `pixelkiln demo`: makes ten sprites and two tiles. */
export const demoCommand: CliCommand = {
  help: () => `pixelkiln demo [-o FOLDER]

Draws ten sprites and two tiles from fixed prompts and seeds, with engine files for Godot and Phaser, and a
contact sheet of all of them. A second run gives the same bytes. The default folder is ./out.

${columns(DEMO.map(({ prompt, seed }) => [`seed ${seed}`, prompt]))}`,
  run,
};

interface DemoRow extends ContactSheetEntry {
  seed: number;
  colors: number;
  ms: number;
}

async function run(context: CliContext): Promise<number> {
  const { values } = readArguments(context.args, { output: { type: "string", short: "o" } }, { most: 0 });
  const folder = resolve(context.cwd, textFlag(values, "output") ?? "out");
  await checkFolder(folder);
  const workers = await openWorkers(context);
  const rows: DemoRow[] = [];
  try {
    await workers.warm();
    for (const entry of DEMO) rows.push(await drawEntry(context, { workers, folder, ...entry }));
  } finally {
    await workers.close();
  }
  const sheet = await encodePng(drawContactSheet(rows, SHEET));
  await writeWhole(join(folder, SHEET_FILE), sheet);
  report(context, rows, { path: join(folder, SHEET_FILE), hash: sha256(sheet) });
  const twins = rows.filter((row, i) =>
    rows.slice(0, i).some((other) => equalImages(other.image, row.image)),
  );
  for (const { caption } of twins)
    context.stderr.write(`pixelkiln: ${caption} came out the same as an earlier picture.\n`);
  return twins.length > 0 ? 1 : 0;
}

interface DemoWork {
  workers: Workers;
  folder: string;
  prompt: string;
  seed: number;
  kind: typeof sprite | typeof tile;
}

async function drawEntry(
  context: CliContext,
  { workers, folder, prompt, seed, kind }: DemoWork,
): Promise<DemoRow> {
  const display = createProgressDisplay(context.stderr, prompt);
  const target = {
    name: safeName(prompt),
    engines: ["godot" as const, "phaser" as const],
    folder: "",
    assetId: null,
  };
  const started = performance.now();
  try {
    const hooks = { signal: context.signal, onProgress: display.show };
    const parsed = kind.parse({ prompt, seed });
    const asset = await makeHere(workers, { kind, parsed, target }, hooks);
    context.signal.throwIfAborted();
    const ms = performance.now() - started;
    await writeAsset(asset, folder, started);
    const png = asset.files.find((file) => file.role === "png");
    const image = await decodeImage(png?.bytes ?? new Uint8Array(), "image");
    return { image, caption: prompt, seed, colors: asset.manifest.checks.colors, ms };
  } finally {
    display.end();
  }
}

function report(
  { stdout }: CliContext,
  rows: readonly DemoRow[],
  sheet: { path: string; hash: string },
): void {
  const width = Math.max(...rows.map(({ caption }) => caption.length));
  const line = (cells: readonly [string, string, string, string]): string =>
    `${cells[0].padEnd(width)}  ${cells[1].padStart(4)}  ${cells[2].padStart(6)}  ${cells[3].padStart(6)}\n`;
  stdout.write(line(["prompt", "seed", "colors", "ms"]));
  for (const { caption, seed, colors, ms } of rows) {
    stdout.write(line([caption, String(seed), String(colors), ms.toFixed(0)]));
  }
  stdout.write(`\n${sheet.path}  sha256 ${sheet.hash.slice(0, 16)}\n`);
}
