import { pngFiles } from "./picture-files.ts";
import type { AssetWriter } from "./writer.ts";

/**
 * Writes the `.import` beside each PNG that makes Godot import it as pixel art: lossless, no mipmaps,
 * transparent pixels left as they are, no silent switch to lossy compression in 3D. It is partial on
 * purpose: the editor keeps these settings and adds the rest (the uid too) at the first import, so
 * one that is there already should not be written over. Godot 4 has no filter here; nodes carry it.
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
