import type { JobProgress } from "../../../shared/job.ts";
import type { DrawnPictures } from "../../generators/drawn-pictures.ts";
import type { GenerationPlan } from "../../generators/generation-plan.ts";
import type { PixelImage } from "../../pixel/image.ts";
import { limitColors } from "../../pixel/limit-colors.ts";
import { measureImages } from "../../pixel/measure.ts";
import { createNearestColor } from "../../pixel/nearest-color.ts";
import { parseHex } from "../../pixel/parse-hex.ts";
import { repairSeam, usualSeam } from "../../pixel/repair-seam.ts";
import { snapPalette } from "../../pixel/snap-palette.ts";
import { chooseTexture, makeTexture } from "../../terrain/choose-texture.ts";
import type { Ground, Grounds } from "../../terrain/ground.ts";
import { AIR, APART, distanceApart, makeGround, moveApart } from "../../terrain/make-ground.ts";
import { quietBorder } from "../../terrain/quiet-border.ts";
import { natureOf } from "../../terrain/terrain-words.ts";
import { VISIBLE_SEAM } from "../describe.ts";
import type { DrawTools } from "../maker.ts";
import { TERRAIN_ROLES, type TerrainPlan, type TerrainRole, type TilesetPlan } from "./plan.ts";

/** What the model drew for one terrain. */
export interface DrawnTerrain {
  plan: GenerationPlan;
  drawn: DrawnPictures;
}

/** The grounds of a set, and where they come from. */
export interface DrawnGrounds {
  grounds: Grounds;
  drawings: DrawnTerrain[];
  warnings: string[];
}

/** Has the model draw the textures a plan lacks, and makes the grounds of the set. Throws like `generate`. */
export async function drawTerrains(
  plan: TilesetPlan,
  tools: Pick<DrawTools, "generate" | "onProgress">,
): Promise<DrawnGrounds> {
  const drawings: DrawnTerrain[] = [];
  const pictures = new Map<TerrainRole, PixelImage[]>();
  const waiting = TERRAIN_ROLES.flatMap((role) => plan.terrains[role]?.generation ?? []);
  const all = stepsOf(waiting);
  let done = 0;
  for (const role of TERRAIN_ROLES) {
    const generation = plan.terrains[role]?.generation;
    if (!generation) continue;
    const onProgress = ({ stage, step }: JobProgress): void =>
      tools.onProgress({ stage, step: done + step, steps: Math.max(all, done + step) });
    const drawn = await tools.generate(generation, onProgress);
    done += stepsOf([generation]);
    drawings.push({ plan: generation, drawn });
    pictures.set(
      role,
      drawn.pictures.map(({ image }) => image),
    );
  }
  return { ...makeGrounds(plan, pictures), drawings };
}

function stepsOf(plans: readonly GenerationPlan[]): number {
  return plans.flatMap(({ pictures }) => pictures).reduce((sum, { steps }) => sum + steps, 0);
}

/** Makes the grounds of a set from the drawn and the given textures. Pure. */
export function makeGrounds(
  plan: TilesetPlan,
  pictures: ReadonlyMap<TerrainRole, readonly PixelImage[]>,
): Pick<DrawnGrounds, "grounds" | "warnings"> {
  const warnings: string[] = [];
  const { terrains } = plan;
  const palette = plan.palette?.colors.map(parseHex) ?? null;
  const snap = palette ? createNearestColor(palette) : (color: number): number => color;
  const textureOf = (role: TerrainRole, apartFrom: PixelImage | null): PixelImage | null => {
    const terrain = terrains[role];
    if (!terrain) return null;
    return terrainTexture(plan, { role, terrain, apartFrom, pictures: pictures.get(role) ?? [], warnings });
  };
  const upper = textureOf("upper", null);
  let lower = textureOf("lower", upper);
  const between = textureOf("between", null);
  if (lower && upper && distanceApart(lower, upper) < APART) {
    const isFixed = terrains.lower?.given?.exact === true || palette !== null;
    if (!isFixed) lower = moveApart(lower, upper);
    warnings.push(
      isFixed
        ? "The two terrains look alike: try different descriptions, textures or colors."
        : "The two terrains looked alike, so the lightness of the lower one was changed.",
    );
  }
  const groundOf = (role: TerrainRole, texture: PixelImage | null): Ground | null => {
    const terrain = terrains[role];
    return terrain && texture ? makeGround(texture, natureOf(terrain.description), snap) : null;
  };
  const top = groundOf("upper", upper) ?? AIR;
  const bottom = groundOf("lower", lower) ?? AIR;
  const middle = groundOf("between", between);
  // In a sidescroller, the transition lies on top of the ground.
  const covers = middle && bottom === AIR ? { ...middle, height: top.height + 1 } : middle;
  return { grounds: { lower: bottom, between: covers, upper: top }, warnings };
}

interface TextureParts {
  role: TerrainRole;
  terrain: TerrainPlan;
  apartFrom: PixelImage | null;
  pictures: readonly PixelImage[];
  warnings: string[];
}

function terrainTexture(plan: TilesetPlan, parts: TextureParts): PixelImage {
  const { role, terrain, apartFrom, pictures, warnings } = parts;
  const { width, height, textureColors: colorCount } = plan;
  const palette = plan.palette?.colors.map(parseHex) ?? null;
  const options = {
    width,
    height,
    colorCount,
    palette,
    usualColor: natureOf(terrain.description).usualColor,
  };
  if (terrain.ground) {
    const limited = limitColors(terrain.ground, colorCount);
    return palette ? snapPalette(limited, palette) : limited;
  }
  if (!terrain.given) return chooseTexture(pictures, { ...options, apartFrom }).texture;
  const { image, exact, isTile } = terrain.given;
  if (isTile) return image;
  const texture = exact ? image : makeTexture(image, { ...options, usualColor: null });
  const { seam_ratio_x: x, seam_ratio_y: y } = measureImages([texture], null, { tileX: true, tileY: true });
  if (Math.max(x ?? 0, y ?? 0) <= VISIBLE_SEAM) return texture;
  const name = role === "between" ? "transition" : role;
  warnings.push(`The texture of the ${name} terrain did not tile, so its seam was repaired.`);
  return quietBorder(
    repairSeam(texture, { tileX: true, tileY: true, seamWidth: usualSeam({ width, height }) }),
  );
}
