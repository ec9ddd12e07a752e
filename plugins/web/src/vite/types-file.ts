import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { WebAsset } from "../assets.ts";

/** Describes assets as types: with them a missing key or tag is a type error. */
export function describeTypes(assets: readonly { asset: WebAsset; tags: readonly string[] }[]): string {
  const lines = assets.map(({ asset, tags }) => {
    const tag = tags.length === 0 ? "never" : tags.map((name) => JSON.stringify(name)).join(" | ");
    return `    ${JSON.stringify(asset.key)}: { kind: ${JSON.stringify(asset.kind)}; tag: ${tag} };\n`;
  });
  return `// Written by @pixelkiln/web: the assets of the project. Changes are lost.
/// <reference types="@pixelkiln/web/virtual" />
import "@pixelkiln/web";

declare module "@pixelkiln/web" {
  interface AssetTypes {
${lines.join("")}  }
}
`;
}

/** Writes a file atomically unless it is unchanged: a type checker in watch mode would restart. */
export async function writeIfChanged(path: string, text: string): Promise<void> {
  const before = await readFile(path, "utf8").catch(() => null);
  if (before === text) return;
  await mkdir(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.pixelkiln-${process.pid}.tmp`);
  await writeFile(temporary, text);
  await rename(temporary, path);
}
