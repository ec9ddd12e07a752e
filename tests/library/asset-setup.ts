import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { PublishFile, PublishOptions } from "../../service/library/publish.ts";
import type { Checks } from "../../shared/asset.ts";

/** Makes a folder and the function that removes it. */
export function makeFolder(): { dir: string; remove: () => void } {
  const dir = mkdtempSync(join(tmpdir(), "pixelkiln-library-"));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
}

/** Two files whose bytes depend on the text alone, as a generation's do on its request. */
export function picturesOf(text: string): PublishFile[] {
  const bytes = (salt: string, rounds: number): Uint8Array =>
    Buffer.concat(
      Array.from({ length: rounds }, (_, i) => createHash("sha256").update(`${salt} ${i} ${text}`).digest()),
    );
  return [
    { path: "dragon.png", role: "png", mediaType: "image/png", bytes: bytes("png", 400) },
    { path: "dragon.json", role: "aseprite_json", mediaType: "application/json", bytes: bytes("json", 20) },
  ];
}

/** What is measured of one pixel. */
export const CHECKS: Checks = {
  grid_scale: 1,
  partial_alpha_pixels: 0,
  colors: 1,
  off_palette_pixels: 0,
  duplicate_images: 0,
  seam_ratio_x: null,
  seam_ratio_y: null,
};

/** The part of a manifest that does not depend on the files. */
export function manifestPart(name: string): PublishOptions["manifest"] {
  return {
    schema_version: 1,
    kind: "sprite",
    name,
    created_at: "2026-01-01T00:00:00.000Z",
    images: [],
    palette: { name: null, colors: ["#1a1c2c"], locked: false },
    request: { prompt: name, seed: 7 },
    ignored_parameters: [],
    warnings: [],
    checks: CHECKS,
    provenance: {
      generator: "pixelkiln 0.1.0",
      model: { id: "ember", sha256: "0".repeat(64), license: "CC0-1.0", training_data_licenses: ["CC0-1.0"] },
      execution_provider: "cpu",
      prompt: name,
      seed: 7,
      exemplars: [],
    },
  };
}

/** Every file below a folder with the hash of its bytes, links and hidden files included. */
export function treeOf(dir: string): Record<string, string> {
  const tree: Record<string, string> = {};
  const visit = (folder: string): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) visit(path);
      else if (entry.isSymbolicLink()) tree[relative(dir, path)] = "link";
      else tree[relative(dir, path)] = createHash("sha256").update(readFileSync(path)).digest("hex");
    }
  };
  if (statSync(dir).isDirectory()) visit(dir);
  return tree;
}
