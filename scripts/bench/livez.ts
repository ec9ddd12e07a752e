import { setTimeout as sleep } from "node:timers/promises";
import { send, startBenchService, withProject } from "./service-process.ts";
import { atMost, type Measure, plain, quantile } from "./table.ts";

const JOBS = 8;
const PAUSE_MS = 5;
const MOST_P99_MS = 50;

/** How fast the service says that it lives while the model draws. */
export function livezSuite(): Promise<Measure[]> {
  return withProject(async (project) => {
    const service = await startBenchService(project);
    try {
      await send(`${service.url}/v1/sprites`, { prompt: "red dragon", seed: 0 });
      let busy = true;
      const work = Promise.all(
        Array.from({ length: JOBS }, (_, seed) =>
          send(`${service.url}/v1/sprites`, { prompt: "blue potion", seed, num_images: 4 }),
        ),
      ).finally(() => {
        busy = false;
      });
      const times: number[] = [];
      while (busy) {
        const started = performance.now();
        await send(`${service.url}/livez`);
        times.push(performance.now() - started);
        await sleep(PAUSE_MS);
      }
      await work;
      return [
        plain(`GET /livez, p50 of ${times.length} while drawing`, quantile(times, 0.5), "ms"),
        atMost("p99", quantile(times, 0.99), MOST_P99_MS, "ms"),
        plain("slowest", Math.max(...times), "ms"),
      ];
    } finally {
      await service.stop("SIGTERM");
    }
  });
}
