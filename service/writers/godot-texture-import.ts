import { pngFiles } from "./picture-files.ts";
import type { AssetWriter } from "./writer.ts";

/**
 * Writes the `.import` next to each PNG that makes Godot import it as pixel art: lossless, no mipmaps,
 * transparent pixels untouched, no silent switch to lossy compression in 3D. It is incomplete on
 * purpose: the editor keeps these settings and adds the rest (including the uid) on first import, so
 * an existing one should not be overwritten. Filtering is not set here in Godot 4, but on nodes.
 */
export const godotTextureImport: AssetWriter = {
  id: "godot-texture-import",
  title: "Godot texture import settings",
  engine: "godot",
  kinds: ["sprite", "tile", "tileset", "animation"],
  write: (asset) =>
    pngFiles(asset).map((png) => ({
      path: `${png}.import`,
      role: "godot_import",
      mediaType: "text/plain; charset=utf-8",
      content: IMPORT_SETTINGS,
    })),
};

const IMPORT_SETTINGS = `[remap]

importer="texture"

[params]

compress/mode=0
mipmaps/generate=false
process/fix_alpha_border=false
detect_3d/compress_to=0
`;
