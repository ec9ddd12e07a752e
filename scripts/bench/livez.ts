import { once } from "node:events";
import { Worker } from "node:worker_threads";
import sharp from "sharp";
import { encodeGif } from "../../service/codecs/encode-gif.ts";
import { createImage, type PixelImage } from "../../service/pixel/image.ts";
import { seededRandom } from "../../service/pixel/random.ts";
import { upscaleNearest } from "../../service/pixel/upscale-nearest.ts";
import { send, startBenchService, withProject } from "./service-process.ts";
import { type Measure, quantile } from "./table.ts";

const PAUSE_MS = 5;
const MOST_P99_MS = 20;
const MOST_MS = 100;

/** One thing that keeps the service busy. */
interface Load {
  what: string;
  run: (url: string) => Promise<unknown>;
}

/** How fast the service says that it lives while each kind of heavy work runs. */
export function livezSuite(): Promise<Measure[]> {
  return withProject(async (project) => {
    const loads = await heavyLoads();
    const service = await startBenchService(project);
    try {
      await send(`${service.url}/v1/sprites`, { prompt: "red dragon", seed: 0 });
      const rows: Measure[] = [];
      for (const load of loads) rows.push(await measure(service.url, load));
      return rows;
    } finally {
      await service.stop("SIGTERM");
    }
  });
}

async function measure(url: string, { what, run }: Load): Promise<Measure> {
  const done = new SharedArrayBuffer(4);
  const poller = new Worker(new URL("./poll-livez.mjs", import.meta.url), {
    workerData: { url, pauseMs: PAUSE_MS, done },
  });
  const started = performance.now();
  await run(url).finally(() => Atomics.store(new Int32Array(done), 0, 1));
  const seconds = (performance.now() - started) / 1000;
  const [times] = (await once(poller, "message")) as [number[]];
  const [p99, most] = [quantile(times, 0.99), Math.max(...times)];
  return {
    what: `GET /livez during ${what} (${seconds.toFixed(1)} s, ${times.length} calls)`,
    value: `p50 ${quantile(times, 0.5).toFixed(1)}, p99 ${p99.toFixed(1)}, most ${most.toFixed(0)} ms`,
    promise: `p99 <= ${MOST_P99_MS}, most <= ${MOST_MS} ms`,
    kept: p99 <= MOST_P99_MS && most <= MOST_MS,
  };
}

async function heavyLoads(): Promise<Load[]> {
  const picture = await softPicture(128, 32);
  const gif = Buffer.from(softGif(60, 32, 16)).toString("base64");
  const sprite = (seed: number) => ({ prompt: "blue potion", seed });
  return [
    {
      what: "16 sprites",
      run: (url) => Promise.all(Array.from({ length: 16 }, (_, i) => send(`${url}/v1/sprites`, sprite(i)))),
    },
    {
      what: "a blob47 set, 64 px, 4 variants",
      run: (url) =>
        send(`${url}/v1/tilesets`, {
          upper_description: "grass",
          lower_description: "water",
          tileset_type: "blob47",
          variants: 4,
          tile_size: 64,
          seed: 1,
        }),
    },
    {
      what: "a walk in 8 directions, 128 px",
      run: (url) =>
        send(`${url}/v1/animations`, { prompt: "knight in blue", directions: 8, width: 128, seed: 1 }),
    },
    {
      what: "pixelate of 4096x4096",
      run: (url) => send(`${url}/v1/pixelate`, { input_image: picture, upload_outputs: true }),
    },
    {
      what: "pixelate of a GIF of 60 frames, 512 px",
      run: (url) => send(`${url}/v1/pixelate`, { input_image: gif, upload_outputs: true }),
    },
  ];
}

/** A picture of `edge` art pixels, each `scale` pixels wide with soft borders, as image models draw them: base64. */
async function softPicture(edge: number, scale: number): Promise<string> {
  const { width, height, data } = drawBlobs(edge, 1);
  const size = edge * scale;
  const png = await sharp(data, { raw: { width, height, channels: 4 } })
    .resize(size, size, { kernel: "nearest" })
    .blur(scale / 10)
    .png({ compressionLevel: 6 })
    .toBuffer();
  return png.toString("base64");
}

function softGif(frames: number, edge: number, scale: number): Uint8Array {
  const images = Array.from({ length: frames }, (_, i) => upscaleNearest(drawBlobs(edge, i + 1), scale));
  return encodeGif({ frames: images, durationsMs: images.map(() => 100), loop: 0 }).bytes;
}

/** Blobs of few colors on a transparent ground. */
function drawBlobs(edge: number, seed: number): PixelImage {
  const random = seededRandom(seed);
  const image = createImage(edge, edge);
  for (let blob = 0; blob < 40; blob++) {
    const [x, y, r] = [random() * edge, random() * edge, 1 + random() * (edge / 8)];
    const color = [
      Math.floor(random() * 4) * 80,
      Math.floor(random() * 4) * 80,
      Math.floor(random() * 4) * 80,
      255,
    ];
    for (let p = 0; p < edge * edge; p++) {
      if (Math.hypot((p % edge) - x, Math.floor(p / edge) - y) < r) image.data.set(color, 4 * p);
    }
  }
  return image;
}
