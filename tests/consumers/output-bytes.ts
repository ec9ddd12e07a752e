import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { AssetPackage } from "../../service/asset/asset-package.ts";
import { encodeApng } from "../../service/codecs/encode-apng.ts";
import { encodeGif } from "../../service/codecs/encode-gif.ts";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { APNG } from "../../service/writers/apng-animation.ts";
import { writersFor } from "../../service/writers/index.ts";
import type { OutputFile } from "../../service/writers/writer.ts";
import { ENGINES } from "../../shared/requests.ts";

/** Encodes what all writers make of a package: path inside `folder` -> bytes. */
export async function outputBytes(asset: AssetPackage, folder: string): Promise<Map<string, Uint8Array>> {
  const files = writersFor(ENGINES, asset.kind).flatMap((writer) => writer.write(asset, { folder }));
  return new Map(await Promise.all(files.map(async (file) => [file.path, await encode(file)] as const)));
}

/** Writes files below `root`; keys are paths with "/". */
export async function writeFiles(
  root: string,
  files: Iterable<[string, Uint8Array | string]>,
): Promise<void> {
  for (const [path, bytes] of files) {
    const target = join(root, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes);
  }
}

async function encode({ content, mediaType }: OutputFile): Promise<Uint8Array> {
  if (typeof content === "string") return Buffer.from(content);
  if (content instanceof Uint8Array) return content;
  if ("image" in content) return encodePng(content.image, content.text);
  return mediaType === APNG ? encodeApng(content) : encodeGif(content).bytes;
}
