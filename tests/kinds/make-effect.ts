import { decodeImage } from "../../service/codecs/decode-image.ts";
import { effect } from "../../service/kinds/effect/kind.ts";
import type { MadeAsset } from "../../service/kinds/made-asset.ts";
import { crop, type PixelImage } from "../../service/pixel/image.ts";
import type { EffectInfo } from "../../shared/effect.ts";
import { createTestWorker, quiet, targetOf } from "./test-worker.ts";

const worker = createTestWorker();

export interface MadeEffect extends MadeAsset {
  info: EffectInfo;
  /** In order, cut from the sheet. */
  frames: PixelImage[];
}

/** Makes an effect through a worker, as the service does, and cuts its frames from the sheet. */
export async function makeEffect(raw: object): Promise<MadeEffect> {
  const { request, ignored } = effect.parse(raw);
  const from = { request: { ...request }, ignored, sheets: null };
  const made = await worker.make({ kind: "effect", from, target: targetOf("boom") }, quiet());
  const info = made.manifest.effect!;
  const sheet = await decodeImage(made.files.find(({ role }) => role === "sheet")!.bytes, "sheet");
  return {
    ...made,
    info,
    frames: info.frames.map(({ frame: { x, y, w, h } }) => crop(sheet, x, y, w, h)),
  };
}
