import { execFile } from "node:child_process";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { loadEntry } from "../../service/generators/catalog.ts";
import type { DiffusersConfig } from "../../service/generators/diffusers/diffusers-config.ts";
import { prepareNetworks, type Steering } from "../../service/generators/diffusers/networks.ts";
import { gaussianNoise } from "../../service/generators/noise.ts";
import { type Measure, plain, quantile } from "./table.ts";

const WARM_RUNS = 3;
const RUNS = 10;
const CHANNELS = 4;
/** Share of the speed of PyTorch on the same card that is promised. */
const LEAST_SHARE = 0.7;
const TORCH = fileURLToPath(new URL("diffusers_torch.py", import.meta.url));

export interface DiffusersBench {
  /** A folder of ONNX networks in the layout of diffusers; without one, nothing is measured. */
  folder: string | undefined;
  provider: string | undefined;
  /** A Python with torch and diffusers, to measure the same denoiser there. */
  python: string | undefined;
}

/** Steps per second of a diffusion folder on a provider, beside PyTorch with random weights of the same shape. */
export async function diffusersSuite({
  folder,
  provider = "cpu",
  python,
}: DiffusersBench): Promise<Measure[]> {
  if (folder === undefined) return [];
  const entry = await loadEntry(folder);
  const config = entry.config as DiffusersConfig;
  const edge = entry.info.sizes.at(-1) ?? 512;
  const networks = prepareNetworks(folder, config, { threads: availableParallelism(), provider });
  try {
    const text = await networks.encodeText("pixel art, a red potion");
    const cells = { width: edge / config.latent.factor, height: edge / config.latent.factor };
    const latent = { ...cells, data: gaussianNoise(1, CHANNELS * cells.width * cells.height) };
    const guidance = config.guidanceWidth === null ? null : new Float32Array(config.guidanceWidth);
    const stepsWith = async (texts: Steering["texts"]): Promise<number> => {
      const picture = { width: edge, height: edge };
      return 1000 / (await medianMs(() => networks.predict(latent, 500, { texts, guidance, picture })));
    };
    const single = await stepsWith([text]);
    const what = `${entry.info.id} ${edge}x${edge} on ${provider}`;
    const rows = [
      plain(`${what}: steps without guidance`, single, "/s"),
      plain(`${what}: steps with guidance`, await stepsWith([text, text]), "/s"),
      plain(`${what}: decoding`, await medianMs(() => networks.decode(latent)), "ms"),
    ];
    if (python === undefined) return rows;
    const { stdout } = await promisify(execFile)(python, [TORCH, folder, String(edge), provider]);
    const torch = JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}") as {
      steps_per_second: number;
      device: string;
    };
    const share = single / torch.steps_per_second;
    return [
      ...rows,
      plain(`PyTorch on ${torch.device}: steps without guidance`, torch.steps_per_second, "/s"),
      {
        what: "share of PyTorch's speed",
        value: share.toFixed(2),
        promise: `>= ${LEAST_SHARE}`,
        kept: share >= LEAST_SHARE,
      },
    ];
  } finally {
    await networks.release();
  }
}

async function medianMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < WARM_RUNS + RUNS; i++) {
    const start = performance.now();
    await work();
    if (i >= WARM_RUNS) times.push(performance.now() - start);
  }
  return quantile(times, 0.5);
}
