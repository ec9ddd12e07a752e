import { makeHere } from "../service/cli/local-workers.ts";
import { decodeImage } from "../service/codecs/decode-image.ts";
import type { Kind } from "../service/kinds/kind.ts";
import type { PixelImage } from "../service/pixel/image.ts";
import type { Workers } from "../service/workers/workers.ts";
import type { AssetManifest } from "../shared/asset.ts";

/** Makes an asset of an animated kind as the command line does; gives its sheet and its manifest. */
export async function drawSheet(
  workers: Workers,
  kind: Kind,
  request: object,
): Promise<{ sheet: PixelImage; manifest: Omit<AssetManifest, "id" | "rev" | "files"> }> {
  const target = { name: "sheet", engines: [], folder: "", assetId: null };
  const hooks = { signal: new AbortController().signal, onProgress: () => {} };
  const { files, manifest } = await makeHere(workers, { kind, parsed: kind.parse(request), target }, hooks);
  const bytes = files.find(({ role }) => role === "sheet")?.bytes;
  if (!bytes) throw new Error("Expected the sheet of an asset.");
  return { sheet: await decodeImage(bytes, "sheet"), manifest };
}
