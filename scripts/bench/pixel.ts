import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { createImage, type PixelImage } from "../../service/pixel/image.ts";
import type { PixelateTimings } from "../../service/pixel/pixelate/options.ts";
import { pixelate } from "../../service/pixel/pixelate/pixelate.ts";
import { seededRandom } from "../../service/pixel/random.ts";
import { atMost, type Measure, plain, quantile } from "./table.ts";

const RUNS = 7;
const WARM_UPS = 6;
const SIZES = [
  { edge: 1024, cells: 64, mostMs: 250 },
  { edge: 2048, cells: 128, mostMs: 900 },
] as const;

/**
 * How long a picture takes to become pixel art, decoding apart: CPU time of the whole process, so that other work on
 * the machine does not count. The cases of a folder, if one is given, are scored too, by its score.py.
 */
export async function pixelSuite(casesFolder?: string): Promise<Measure[]> {
  const rows = SIZES.flatMap(({ edge, cells, mostMs }) => timeSize({ edge, cells, mostMs }));
  return casesFolder === undefined ? rows : [...rows, ...scoreCases(casesFolder)];
}

function timeSize({ edge, cells, mostMs }: { edge: number; cells: number; mostMs: number }): Measure[] {
  const picture = fakePixelArt(edge, cells);
  const totals: number[] = [];
  const stages: Record<keyof PixelateTimings, number[]> = { grid: [], cells: [], colors: [], cleanup: [] };
  // The first runs are warm-up: they wait for the compiler.
  for (let run = 1 - WARM_UPS; run <= RUNS; run++) {
    const started = cpuMs();
    const { timings } = pixelate(picture, { now: cpuMs });
    if (run <= 0) continue;
    totals.push(cpuMs() - started);
    for (const stage of ["grid", "cells", "colors", "cleanup"] as const) stages[stage].push(timings[stage]);
  }
  const what = `${edge}x${edge}`;
  return [
    ...Object.entries(stages).map(([stage, times]) => plain(`${what}, ${stage}`, quantile(times, 0.5), "ms")),
    atMost(`${what} to ${cells}x${cells}, median of ${RUNS}`, quantile(totals, 0.5), mostMs, "ms"),
  ];
}

/** CPU time of this process so far, in ms. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Draws a square picture of blobs in 16 colors whose cells have uneven sizes, soft edges and noise. */
export function fakePixelArt(edge: number, cells: number): PixelImage {
  const random = seededRandom(1);
  const palette = Array.from({ length: 16 }, () => [random() * 255, random() * 255, random() * 255]);
  const native = Uint8Array.from({ length: cells * cells }, (_, i) => {
    const [x, y] = [i % cells, Math.floor(i / cells)];
    return Math.floor(8 + 4 * Math.sin(x / 5) + 4 * Math.cos(y / 7) + random()) & 15;
  });
  const cuts = Float64Array.from(
    { length: cells + 1 },
    (_, i) => (i + 0.1 * (random() - 0.5)) * (edge / cells),
  );
  const place = new Float64Array(edge);
  for (let x = 0, cell = 0; x < edge; x++) {
    while (cell < cells - 1 && x >= cuts[cell + 1]!) cell++;
    // Within a pixel of a border the two cells mix.
    place[x] = cell - Math.max(0, 0.5 - 0.5 * (x - cuts[cell]!));
  }
  const image = createImage(edge, edge);
  const at = (x: number, y: number): number[] => palette[native[clamp(y, cells) * cells + clamp(x, cells)]!]!;
  for (let i = 0; i < edge * edge; i++) {
    const [x, y] = [place[i % edge]!, place[Math.floor(i / edge)]!];
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [right, bottom] = [x - left, y - top];
    for (let c = 0; c < 3; c++) {
      const upper = at(left, top)[c]! * (1 - right) + at(left + 1, top)[c]! * right;
      const lower = at(left, top + 1)[c]! * (1 - right) + at(left + 1, top + 1)[c]! * right;
      image.data[4 * i + c] = Math.max(
        0,
        Math.min(255, upper * (1 - bottom) + lower * bottom + 6 * random()),
      );
    }
    image.data[4 * i + 3] = 255;
  }
  return image;
}

function clamp(value: number, size: number): number {
  return Math.max(0, Math.min(size - 1, value));
}

/** Lets the scorer of a folder of cases run the command; its last line says the score. */
function scoreCases(folder: string): Measure[] {
  const command = `${process.execPath} ${join(import.meta.dirname, "../../bin/pixelkiln.mjs")} pixelate --batch`;
  const args = [
    join(folder, "score.py"),
    "--cases",
    folder,
    "--name",
    "pixelkiln",
    "--batch",
    "--cmd",
    command,
  ];
  const { stdout, status } = spawnSync(process.env.PYTHON ?? "python3", args, { encoding: "utf8" });
  const line = stdout?.split("\n").findLast((text) => text.startsWith("SUMMARY")) ?? "";
  if (status !== 0 || line === "") throw new Error(`The scorer of ${folder} failed with status ${status}.`);
  process.stdout.write(stdout);
  const facts = Object.fromEntries(line.split(" ").map((part) => part.split("=", 2) as [string, string]));
  return ["exact", "usable", "palExact", "score"].map((name) =>
    plain(`cases, ${name}`, Number(facts[name]), ""),
  );
}
