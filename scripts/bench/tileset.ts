import { Checks } from "../../shared/asset.ts";
import { send, startBenchService, withProject } from "./service-process.ts";
import { atMost, type Measure, plain, quantile } from "./table.ts";

const RUNS = 5;
/** Promise for a set of 47 tiles of a warm service on 2 CPU cores. */
const MOST_MS = 15_000;
/** Promise for the step over the joints of all compatible pairs against the steps inside the tiles. */
const MOST_SEAM = 0.6;

const PAIRS = [
  ["grass", "water"],
  ["sand", "sea"],
  ["stone", "lava"],
  ["snow", "ice"],
  ["dirt", "grass"],
] as const;

/** Complete terrain sets of 47 tiles through a real service, all engine files included. */
export function tilesetSuite(): Promise<Measure[]> {
  return withProject(async (project) => {
    const service = await startBenchService(project);
    try {
      const totals: number[] = [];
      const seams: number[] = [];
      for (let run = 0; run <= RUNS; run++) {
        const [upper, lower] = PAIRS[run % PAIRS.length]!;
        const output = { dir: "tiles", name: `set-${run}`, engine: ["godot", "phaser", "tiled", "ldtk"] };
        const body = {
          upper_description: upper,
          lower_description: lower,
          tileset_type: "blob47",
          seed: run,
        };
        const started = performance.now();
        const answer = await send(`${service.url}/v1/tilesets`, { ...body, output });
        // The first run fills caches that a warm service has.
        if (run > 0) totals.push(performance.now() - started);
        const { seam_ratio_x: x, seam_ratio_y: y } = Checks.parse(answer.checks);
        seams.push(x ?? Number.NaN, y ?? Number.NaN);
      }
      return [
        atMost(
          `47 tiles with files for four engines, median of ${RUNS}`,
          quantile(totals, 0.5),
          MOST_MS,
          "ms",
        ),
        plain("slowest of them", Math.max(...totals), "ms"),
        atMost("worst seam ratio of an axis, every compatible pair", Math.max(...seams), MOST_SEAM, ""),
      ];
    } finally {
      await service.stop("SIGTERM");
    }
  });
}
