import type { MadeAsset } from "../../service/kinds/made-asset.ts";
import type { MakeOrder, ModelName } from "../../service/workers/messages.ts";
import type { AnimationInfo, Grid, TilesetInfo } from "../../shared/asset.ts";
import { CHECKS } from "../library/asset-setup.ts";

/** The smallest PNG: one transparent pixel. */
export const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

const GRID: Grid = {
  kind: "native",
  pitch_x: 1,
  pitch_y: 1,
  cuts_x: [0, 1],
  cuts_y: [0, 1],
  confidence: 1,
};

const ANIMATION: AnimationInfo = {
  name: "walk",
  action: "walk",
  motion: "procedural",
  loop: true,
  frame_size: { width: 1, height: 1 },
  sheet: { columns: 1, rows: 1 },
  directions: ["south"],
  mirrored: {},
  anchor: { x: 0, y: 1 },
  actions: [{ name: "walk", action: "walk", motion: "procedural", fps: 8, loop: true, tags: [] }],
  frames: [],
};

const TILESET: TilesetInfo = {
  type: "wang16",
  layout: "wang_4x4",
  columns: 1,
  rows: 1,
  tile_size: { width: 1, height: 1 },
  margin: 0,
  spacing: 0,
  extrude: 0,
  terrains: [],
  base_tile_ids: { lower: null, upper: "upper" },
  tiles: [],
};

/** An asset of one pixel that says of itself what any kind says, with a page and a text among its files. */
export function cannedAsset(
  { kind, target }: MakeOrder,
  request: Record<string, unknown>,
  model: ModelName | null,
): MadeAsset {
  return {
    files: [
      { role: "png", path: "hero.png", mediaType: "image/png", bytes: PNG },
      { role: "godot_sprite_frames", path: "hero.tres", mediaType: "text/plain", bytes: PNG },
      { role: "page", path: "hero.html", mediaType: "text/html", bytes: PNG },
    ],
    manifest: {
      schema_version: 1,
      kind,
      name: "hero",
      created_at: target.createdAt,
      images: [
        {
          seed: 1,
          width: 1,
          height: 1,
          file: "hero.png",
          sha256: "0".repeat(64),
          bounds: null,
          pivot: { x: 0, y: 0 },
          colors: ["#000000"],
          exemplars: [],
        },
      ],
      palette: { name: null, colors: ["#000000"], locked: false },
      request,
      ignored_parameters: [],
      warnings: [],
      checks: CHECKS,
      provenance: {
        generator: "pixelkiln 0",
        model: model && { ...model, license: "MIT", training_data_licenses: ["CC0"] },
        execution_provider: "cpu",
        prompt: "p",
        seed: 1,
        exemplars: [],
      },
      grid: GRID,
      animation: ANIMATION,
      tileset: TILESET,
    },
    timings: { load: 0, model: 1, step: 1, post: 1, encode: 1 },
  };
}
