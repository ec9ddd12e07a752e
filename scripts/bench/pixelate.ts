import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { PixelImage } from "../../service/pixel/image.ts";
import { pixelate } from "../../service/pixel/pixelate/pixelate.ts";
import { cpuMs, fakePixelArt } from "./pixel.ts";
import { type Measure, plain, quantile } from "./table.ts";

const RUNS = 5;
const WARM_UPS = 3;
const SIZES = [
  { edge: 1024, cells: 64, share: 1 / 5 },
  { edge: 4096, cells: 256, share: 1 / 5 },
  { edge: 1080, cells: 360, share: 1 / 10 },
] as const;

type Pixelate = (picture: PixelImage) => unknown;

/**
 * CPU time of warm runs, decoding apart, in turn with those of another clone in the same process, so that a busy machine
 * slows both down alike.
 */
export async function pixelateSuite(other?: string): Promise<Measure[]> {
  const builds: Pixelate[] = [(picture) => pixelate(picture)];
  if (other !== undefined) {
    const path = pathToFileURL(resolve(other, "service/pixel/pixelate/pixelate.ts"));
    builds.push(((await import(path.href)) as { pixelate: Pixelate }).pixelate);
  }
  return SIZES.flatMap(({ edge, cells, share }) => {
    const picture = fakePixelArt(edge, cells);
    const times = builds.map((): number[] => []);
    for (let run = -WARM_UPS; run < RUNS; run++) {
      for (const [i, build] of builds.entries()) {
        const started = cpuMs();
        build(picture);
        if (run >= 0) times[i]!.push(cpuMs() - started);
      }
    }
    const [own = 0, theirs] = times.map((list) => quantile(list, 0.5));
    const what = `${edge}x${edge} to ${cells}x${cells}`;
    const rows = [plain(`${what}, median of ${RUNS}`, own, "ms")];
    if (theirs === undefined) return rows;
    const ratio = own / theirs;
    return [
      ...rows,
      plain("in the other clone", theirs, "ms"),
      { what: "ratio", value: ratio.toFixed(2), promise: `<= ${share.toFixed(2)}`, kept: ratio <= share },
    ];
  });
}
