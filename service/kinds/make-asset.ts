import type { AssetManifest } from "../../shared/asset.ts";
import { encodeApng } from "../codecs/encode-apng.ts";
import { encodeGif } from "../codecs/encode-gif.ts";
import { encodePng } from "../codecs/encode-png.ts";
import { APNG } from "../writers/apng-animation.ts";
import { writersFor } from "../writers/index.ts";
import type { OutputFile } from "../writers/writer.ts";
import { describePictures } from "./describe.ts";
import type { AssetFile, MadeAsset, MakeTarget } from "./made-asset.ts";
import type { DrawTools, KindMaker, KindPlan } from "./maker.ts";

export interface MakeParts {
  kind: string;
  maker: KindMaker;
  plan: KindPlan;
  target: MakeTarget;
  tools: DrawTools;
}

/**
 * Makes an asset from a plan: draw, write, encode, describe. Every kind goes through this pipeline, for the service, the
 * command line and kiln files alike. It runs in a worker. The same plan, models and target give the same bytes.
 */
export async function makeAsset({ kind, maker, plan, target, tools }: MakeParts): Promise<MadeAsset> {
  const drawing = await maker.draw(plan, tools);
  const drawnAt = performance.now();
  tools.onProgress({ stage: "writing", step: 0, steps: 0 });
  const { asset, about, checks, provenance, extraFiles = [] } = drawing;
  const written = writersFor(target.engines, asset.kind).flatMap((writer) =>
    writer.write(asset, { folder: target.folder }),
  );
  const files: AssetFile[] = [];
  for (const file of [...written, ...extraFiles]) {
    files.push(await encodeFile(file));
    await tools.pause();
  }
  const manifest: MadeAsset["manifest"] = {
    schema_version: 1,
    kind,
    name: asset.name,
    created_at: target.createdAt,
    images: describePictures(drawing, files),
    palette: asset.palette,
    request: plan.resolved,
    ignored_parameters: plan.ignored,
    warnings: [...new Set([...plan.warnings, ...drawing.warnings])],
    checks,
    provenance,
    ...(about satisfies Partial<AssetManifest> | undefined),
  };
  return { files, manifest, timings: { ...drawing.timings, encode: performance.now() - drawnAt } };
}

/** Encodes a file. */
async function encodeFile({ path, role, mediaType, content }: OutputFile): Promise<AssetFile> {
  if (typeof content === "string") return { path, role, mediaType, bytes: Buffer.from(content) };
  if (content instanceof Uint8Array) return { path, role, mediaType, bytes: content };
  if ("image" in content)
    return { path, role, mediaType, bytes: await encodePng(content.image, content.text) };
  const bytes = mediaType === APNG ? await encodeApng(content) : encodeGif(content).bytes;
  return { path, role, mediaType, bytes };
}
