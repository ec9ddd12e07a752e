import { encodeGif } from "../../service/codecs/encode-gif.ts";
import type { EditOrder } from "../../service/edit/edit-order.ts";
import type { MadeAsset } from "../../service/kinds/made-asset.ts";
import { kindOf } from "../../service/kinds/table.ts";
import type { MakeOrder } from "../../service/workers/messages.ts";
import { createWorkers, type Workers, type WorkersOptions } from "../../service/workers/workers.ts";
import { parseEditRequest } from "../../shared/parse-edit.ts";
import { modelsFolder } from "../generators/generator-fixture.ts";
import { targetOf } from "../kinds/test-worker.ts";
import { paint } from "../pixel/ascii-image.ts";

/** Workers on the processor with the shipped models, and the pids of the processes that they start, in order. */
export async function openTestWorkers(
  changes: Partial<WorkersOptions> = {},
): Promise<{ workers: Workers; pids: number[] }> {
  const pids: number[] = [];
  const workers = await createWorkers({
    modelsDirs: [modelsFolder],
    env: { ...process.env, PIXELKILN_DEVICE: "cpu" },
    log: (message, fields) => {
      if (message === "A worker process started.") pids.push(Number(fields?.pid));
    },
    ...changes,
  });
  return { workers, pids };
}

/** A request of a kind as it is, to be planned by the worker that makes it. */
export function orderOf(kind: string, raw: object): MakeOrder {
  const { request, ignored } = kindOf(kind).parse(raw);
  return { kind, from: { request: { ...request }, ignored, sheets: null }, target: targetOf("it") };
}

/** One picture of the network alone: as many denoising steps as asked. */
export const spriteOrder = (fields: object = {}): MakeOrder =>
  orderOf("sprite", { prompt: "red potion", seed: 7, steps: 6, exemplars: "off", ...fields });

/** Sixteen pictures: work that a test always stops before it is done. */
export const longSprites = (): MakeOrder => spriteOrder({ steps: 100, num_images: 16 });

/** A GIF of many frames: pixel work that goes on for a while. */
export function longPixels(): MakeOrder {
  const frames = Array.from({ length: 200 }, (_, i) =>
    paint(192, 192, (x, y) => (((x + i) >> 3) * (y >> 3)) % 200),
  );
  const { bytes } = encodeGif({ frames, durationsMs: frames.map(() => 100), loop: 0 });
  return orderOf("pixelate", { input_image: Buffer.from(bytes).toString("base64") });
}

/** A picture that is turned by 90 degrees. */
export const turnOrder = (picture: string): EditOrder => ({
  request: parseEditRequest("rotate", { input_image: picture, rotation_degrees: 90 }).request,
  check: false,
});

/** Every file of an asset: path and bytes. */
export const bytesOf = ({ files }: MadeAsset): [string, string][] =>
  files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString("base64")]);

export function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((wake) => setTimeout(wake, 10));
}
