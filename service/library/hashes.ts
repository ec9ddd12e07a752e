import { createHash } from "node:crypto";

/** sha256 of bytes or of UTF-8 text, in hex. */
export function sha256(content: Uint8Array | string): string {
  return createHash("sha256").update(content).digest("hex");
}

/** The revision of an asset: changes if the bytes or the name of a file do, but not with the order of the list. */
export function revisionOf(files: readonly { path: string; sha256: string }[]): string {
  const lines = files.map((file) => `${file.path} ${file.sha256}\n`).sort();
  return sha256(lines.join(""));
}
