import { randomInt } from "node:crypto";
import { KILN_KINDS, type KindOfKilnFile } from "../../shared/kiln-file.ts";
import { parsePixelateRequest, parseSpriteRequest } from "../../shared/parse-request.ts";
import { EXTRA_ROLES } from "../jobs/describe-sprites.ts";
import { type GeneratedAsset, generateSprites, type SpriteOptions } from "../jobs/generate-sprites.ts";
import { pixelatePicture } from "../jobs/pixelate-picture.ts";
import type { ModelHost } from "../models/model-host.ts";
import type { KilnMaker } from "../project/kiln-maker.ts";
import type { CliContext } from "./command.ts";
import { openHost } from "./draw-local.ts";
import { packageInfo } from "./package-info.ts";

interface MakeDeps {
  host: ModelHost;
  version: string;
  chooseSeed: () => number;
}

type Make = (fields: unknown, deps: MakeDeps, options: SpriteOptions) => Promise<GeneratedAsset>;

/** Who makes the kinds of kiln files in this process: one line for each kind of shared/kiln-file.ts. */
const MAKE: Readonly<Partial<Record<KindOfKilnFile, Make>>> = {
  sprite: (fields, deps, options) => generateSprites(parseSpriteRequest(fields), deps, options),
  pixelate: (fields, deps, options) => pixelatePicture(parsePixelateRequest(fields), deps, options),
};

/** Draws kiln files with a model host of this process, whose own processes start when the first one is drawn. */
export async function createLocalMaker(context: CliContext): Promise<KilnMaker> {
  const host = await openHost(context);
  const { version } = packageInfo();
  const models = host.catalog().map(({ description: { id, sha256 } }) => ({ id, sha256 }));
  return {
    facts: { version, models },
    async make({ kind, fields, name, engines, gameFolder: folder }, { signal, onProgress }) {
      const make = MAKE[kind];
      if (!make) throw new Error(`Expected a maker of ${Object.keys(KILN_KINDS).join(", ")} for ${kind}.`);
      const createdAt = new Date().toISOString();
      const deps = { host, version, chooseSeed: () => randomInt(2 ** 32) };
      const asset = await make(fields, deps, { createdAt, name, engines, folder, signal, onProgress });
      return {
        files: asset.files.filter(({ role }) => !EXTRA_ROLES.includes(role)),
        manifest: asset.manifest,
      };
    },
    close: () => host.close(),
  };
}
