import type { Checks, Provenance } from "../../../shared/asset.ts";
import type { AssetPackage } from "../../asset/asset-package.ts";
import { measureImages } from "../../pixel/measure.ts";
import { checkTileset, type DrawnTileset } from "../../terrain/draw-tileset.ts";
import { generatedProvenance, plainProvenance } from "../describe.ts";
import type { DrawTools } from "../maker.ts";
import type { DrawnTerrain } from "./draw-terrains.ts";
import type { TilesetPlan } from "./plan.ts";

/** The worst joint over every compatible pair of tiles, above which it can be seen. */
const VISIBLE_JOINT = 1;
const NO_SEAMS = { tileX: false, tileY: false };

/** Says where a set comes from: of all terrains that were drawn, or that no model drew it. */
export function tilesetProvenance(
  plan: TilesetPlan,
  drawings: readonly DrawnTerrain[],
  tools: Pick<DrawTools, "models" | "version">,
): Provenance {
  const all = drawings.map((one) => generatedProvenance(one.plan, one.drawn, tools));
  const [first] = all;
  const { lower, between, upper } = plan.terrains;
  const prompt = [upper, between, lower].flatMap((terrain) => terrain?.description ?? []).join(", ");
  const shared = { prompt, seed: plan.seed };
  if (!first) return plainProvenance(tools.version, shared);
  const exemplars = new Map(all.flatMap((one) => one.exemplars).map((one) => [one.id, one]));
  const credits = [...new Set(all.flatMap(({ credit }) => credit ?? []))];
  return {
    ...first,
    ...shared,
    exemplars: [...exemplars.values()],
    ...(credits.length > 0 ? { credit: credits.join("; ") } : {}),
  };
}

/** Measures a finished set. Throws when one of its combinations has no tile. */
export function checkSet(
  plan: TilesetPlan,
  asset: AssetPackage,
  drawn: DrawnTileset,
): { checks: Checks; warnings: string[] } {
  const images = drawn.tiles.flatMap(({ frames }) => frames);
  const checks: Checks = {
    ...measureImages([asset.sheet.image], plan.palette?.colors ?? null, NO_SEAMS),
    duplicate_images: measureImages(images, null, NO_SEAMS).duplicate_images,
    ...checkTileset(plan.type, drawn.tiles),
  };
  const { combinations_expected: expected, combinations_present: present } = checks;
  if (present !== expected) throw new Error(`Only ${present} of ${expected} combinations have a tile.`);
  return { checks, warnings: warningsOf(checks) };
}

function warningsOf(checks: Checks): string[] {
  const warnings: string[] = [];
  const seam = Math.max(checks.seam_ratio_x ?? 0, checks.seam_ratio_y ?? 0);
  if (seam > VISIBLE_JOINT)
    warnings.push("Joints between tiles may show: see seam_ratio_x and seam_ratio_y.");
  if (checks.off_palette_pixels > 0)
    warnings.push("Tiles that were kept, or went on from, have colors that are not of input_palette.");
  return warnings;
}
