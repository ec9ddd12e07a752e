import type { AssetManifest, Checks, Provenance } from "../../../shared/asset.ts";
import { ServiceError } from "../../../shared/errors.ts";
import type { AssetPackage } from "../../asset/asset-package.ts";
import { sha256 } from "../../library/hashes.ts";
import type { PublishFile } from "../../library/publish.ts";
import { colorsOf } from "../../pixel/colors-of.ts";
import { drawnBounds } from "../../pixel/image.ts";
import { measureImages } from "../../pixel/measure.ts";
import { checkTileset, type DrawnTileset } from "../../terrain/draw-tileset.ts";
import { sheetPng } from "../../writers/picture-files.ts";
import { describeProvenance } from "../sprite/describe.ts";
import type { GeneratedAsset, SpriteDeps } from "../sprite/make.ts";
import type { DrawnTerrain } from "./draw-terrains.ts";
import type { TilesetPlan } from "./plan.ts";

/** Joints with more than this are seen. */
const VISIBLE_SEAM = 1;
const NO_SEAMS = { tileX: false, tileY: false };

/** Says where a set comes from: of all terrains that were drawn, or that no model drew it. */
export function tilesetProvenance(
  plan: TilesetPlan,
  drawings: readonly DrawnTerrain[],
  deps: SpriteDeps,
): Provenance {
  const all = drawings.map((one) => describeProvenance(one.plan, one.drawn, deps));
  const [first] = all;
  const { lower, between, upper } = plan.terrains;
  const prompt = [upper, between, lower].flatMap((terrain) => terrain?.description ?? []).join(", ");
  const shared = { prompt, seed: plan.seed };
  if (!first) {
    const generator = `pixelkiln ${deps.version}`;
    return { generator, model: null, execution_provider: null, ...shared, exemplars: [] };
  }
  const exemplars = new Map(all.flatMap((one) => one.exemplars).map((one) => [one.id, one]));
  const credits = [...new Set(all.flatMap(({ credit }) => credit ?? []))];
  return {
    ...first,
    ...shared,
    exemplars: [...exemplars.values()],
    ...(credits.length > 0 ? { credit: credits.join("; ") } : {}),
  };
}

interface Described {
  asset: AssetPackage;
  drawn: DrawnTileset;
  files: readonly PublishFile[];
  createdAt: string;
  provenance: Provenance;
}

/** Describes a finished set. Throws `generation-failed` when one of its combinations has no tile. */
export function describeTileset(plan: TilesetPlan, parts: Described): GeneratedAsset["manifest"] {
  const { asset, drawn, files, createdAt, provenance } = parts;
  const { image } = asset.sheet;
  const images = drawn.tiles.flatMap(({ frames }) => frames);
  const checks: Checks = {
    ...measureImages([image], plan.palette?.colors ?? null, NO_SEAMS),
    duplicate_images: measureImages(images, null, NO_SEAMS).duplicate_images,
    ...checkTileset(plan.type, drawn.tiles),
  };
  if (checks.combinations_present !== checks.combinations_expected) {
    const { combinations_expected: expected, combinations_present: present } = checks;
    throw new ServiceError("generation-failed", `Expected ${expected} combinations but drew ${present}.`);
  }
  const file = sheetPng(asset);
  const picture: AssetManifest["images"][number] = {
    seed: plan.seed,
    width: image.width,
    height: image.height,
    file,
    sha256: sha256(files.find(({ path }) => path === file)?.bytes ?? new Uint8Array()),
    bounds: drawnBounds(image),
    pivot: { x: 0, y: 0 },
    colors: colorsOf(image),
    exemplars: provenance.exemplars,
  };
  return {
    schema_version: 1,
    kind: "tileset",
    name: asset.name,
    created_at: createdAt,
    images: [picture],
    palette: asset.palette,
    request: plan.resolved,
    ignored_parameters: plan.ignored,
    warnings: warningsOf(checks),
    checks,
    provenance,
    ...(asset.tileset ? { tileset: asset.tileset.info } : {}),
  };
}

function warningsOf(checks: Checks): string[] {
  const warnings: string[] = [];
  const seam = Math.max(checks.seam_ratio_x ?? 0, checks.seam_ratio_y ?? 0);
  if (seam > VISIBLE_SEAM) warnings.push("Joints between tiles may show: see seam_ratio_x and seam_ratio_y.");
  if (checks.off_palette_pixels > 0)
    warnings.push("Tiles that were kept, or went on from, have colors that are not of input_palette.");
  return warnings;
}
