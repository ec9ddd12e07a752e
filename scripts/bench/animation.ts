import { send, startBenchService, withProject } from "./service-process.ts";
import { atMost, type Measure, plain, quantile } from "./table.ts";

const RUNS = 5;
/** Promise for an 8-frame walk in 4 directions of a warm service on 2 CPU cores. */
const MOST_MS = 20_000;

const REQUESTS: readonly { what: string; body: object }[] = [
  { what: "walk of a licensed person, 64x64", body: { prompt: "knight in blue", width: 64 } },
  { what: "walk of a licensed person, 32x32", body: { prompt: "knight in blue", width: 32 } },
  { what: "walk of a thing that the model draws, 32x32", body: { prompt: "green slime" } },
];

/** Walks of 8 frames in 4 directions through a real service, files included. */
export function animationSuite(): Promise<Measure[]> {
  return withProject(async (project) => {
    const service = await startBenchService(project);
    try {
      const measures: Measure[] = [];
      for (const { what, body } of REQUESTS) {
        const totals: number[] = [];
        for (let seed = 0; seed <= RUNS; seed++) {
          const started = performance.now();
          await send(`${service.url}/v1/animations`, { ...body, action: "walk", directions: 4, seed });
          // The first run fills caches that a warm service has.
          if (seed > 0) totals.push(performance.now() - started);
        }
        measures.push(atMost(`${what}, median of ${RUNS}`, quantile(totals, 0.5), MOST_MS, "ms"));
        measures.push(plain("slowest of them", Math.max(...totals), "ms"));
      }
      return measures;
    } finally {
      await service.stop("SIGTERM");
    }
  });
}
