import { decodeImage } from "../../service/codecs/decode-image.ts";
import type { MadeAsset } from "../../service/kinds/made-asset.ts";
import { sprite } from "../../service/kinds/sprite/kind.ts";
import type { PixelImage } from "../../service/pixel/image.ts";
import type { Planned } from "../../service/workers/messages.ts";
import { createTestWorker, quiet, targetOf } from "./test-worker.ts";

const worker = createTestWorker();

export interface MadeSprite extends MadeAsset {
  pictures: PixelImage[];
}

function orderOf(raw: object) {
  const { request, ignored } = sprite.parse({ seed: 3, ...raw });
  return { request: { ...request }, ignored, sheets: null };
}

/** Makes a sprite through a worker, as the service does, with seed 3 unless told. */
export async function makeSprite(raw: object): Promise<MadeSprite> {
  const target = { ...targetOf("hero"), engines: [] };
  const made = await worker.make({ kind: "sprite", from: orderOf(raw), target }, quiet());
  const files = made.manifest.images.map(({ file }) => made.files.find(({ path }) => path === file));
  return { ...made, pictures: await Promise.all(files.map((file) => decodeImage(file!.bytes, "sprite"))) };
}

/** Plans a sprite through a worker. */
export function planOf(raw: object): Promise<Planned> {
  return worker.plan({ kind: "sprite", ...orderOf(raw) }, quiet());
}
