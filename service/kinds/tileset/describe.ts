import type { Checks, Provenance } from "../../../shared/asset.ts";
import type { AssetPackage } from "../../asset/asset-package.ts";
import { measureImages } from "../../pixel/measure.ts";
import { checkTileset, type DrawnTileset } from "../../terrain/draw-tileset.ts";
import { generatedProvenance, plainProvenance } from "../describe.ts";
import type { DrawTools } from "../maker.ts";
import type { DrawnTerrain } from "./draw-terrains.ts";
import type { TilesetPlan } from "./plan.ts";

/** Seam ratio above which the worst seam of all compatible pairs of tiles is visible. */
const VISIBLE_JOINT = 1;
const NO_SEAMS = { tileX: false, tileY: false };

/** Describes where a set comes from: all terrains that were drawn, or that no model drew it. */
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
    ...(first.server
      ? { server: { ...first.server, sent: all.flatMap(({ server }) => server?.sent ?? []) } }
      : {}),
    ...(credits.length > 0 ? { credit: credits.join("; ") } : {}),
  };
}

/** Measures a finished set. Throws if one of its combinations has no tile. */
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
    warnings.push("Seams between tiles may be visible: see seam_ratio_x and seam_ratio_y.");
  if (checks.off_palette_pixels > 0)
    warnings.push("Some locked or base tiles have colors outside input_palette.");
  return warnings;
}
