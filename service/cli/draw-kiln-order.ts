import { randomInt } from "node:crypto";
import { KILN_KINDS, type KindOfKilnFile } from "../../shared/kiln-file.ts";
import { parsePixelateRequest, parseSpriteRequest } from "../../shared/parse-request.ts";
import { createTileLoader } from "../jobs/load-tiles.ts";
import { generateAnimation } from "../kinds/animation/make.ts";
import { parseAnimationRequest } from "../kinds/animation/parse.ts";
import { pixelatePicture } from "../kinds/pixelate/make.ts";
import { EXTRA_ROLES } from "../kinds/sprite/describe.ts";
import { type GeneratedAsset, generateSprites, type SpriteOptions } from "../kinds/sprite/make.ts";
import { generateTiles } from "../kinds/tile/make.ts";
import { parseTileRequest, parseTilesetRequest } from "../kinds/tile/parse-tiles.ts";
import { generateTileset } from "../kinds/tileset/make.ts";
import type { KilnOrder } from "../project/kiln-file.ts";
import type { MadeAsset, MakeHooks } from "../project/kiln-maker.ts";
import type { ModelHost } from "../workers/workers.ts";

interface DrawDeps {
  host: ModelHost;
  /** Version of this program, for the provenance. */
  version: string;
  chooseSeed: () => number;
}

type Draw = (fields: unknown, deps: DrawDeps, options: SpriteOptions) => Promise<GeneratedAsset>;

/** Tiles of published sets are known to a service only: a kiln file goes on from pictures. */
const loader = createTileLoader(null);
/** Names the tiles of a set in the answer that nobody reads here: no file holds it. */
const LOCAL_SET = "set_0000000000000000";

/** Who draws the kinds of kiln files in this process: one line for each kind of shared/kiln-file.ts. */
const DRAW: Readonly<Partial<Record<KindOfKilnFile, Draw>>> = {
  sprite: (fields, deps, options) => generateSprites(parseSpriteRequest(fields), deps, options),
  animation: (fields, deps, options) => generateAnimation(parseAnimationRequest(fields), deps, options),
  tile: (fields, deps, options) => generateTiles(parseTileRequest(fields), { ...deps, loader }, options),
  tileset: (fields, deps, options) =>
    generateTileset(parseTilesetRequest(fields), { ...deps, loader }, { ...options, assetId: LOCAL_SET }),
  pixelate: (fields, deps, options) => pixelatePicture(parsePixelateRequest(fields), deps, options),
};

/** Draws a kiln file with a host of this process. Throws a ServiceError. */
export async function drawKilnOrder(
  { kind, fields, name, engines, gameFolder: folder }: KilnOrder,
  { host, version }: Pick<DrawDeps, "host" | "version">,
  { signal, onProgress }: MakeHooks,
): Promise<MadeAsset> {
  const draw = DRAW[kind];
  if (!draw) throw new Error(`Expected one who draws ${Object.keys(KILN_KINDS).join(", ")} for ${kind}.`);
  const deps = { host, version, chooseSeed: () => randomInt(2 ** 32) };
  const createdAt = new Date().toISOString();
  const asset = await draw(fields, deps, { createdAt, name, engines, folder, signal, onProgress });
  return { files: asset.files.filter(({ role }) => !EXTRA_ROLES.includes(role)), manifest: asset.manifest };
}
