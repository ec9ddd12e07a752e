import { choose } from "./choose.ts";
import type { Dressing, Garment } from "./garments.ts";
import { idsFor } from "./items.ts";
import type { Outfit } from "./outfit.ts";
import type { PartsOfBody } from "./part-list.ts";
import { rampOf } from "./ramp-of.ts";
import { METAL } from "./ramp-table.ts";

type Part = Outfit["parts"][number];

/** The parts of a garment in its colors, and how many of its colors are seen. */
export function partsOf(garment: Garment, dressing: Dressing): { parts: Part[]; seen: Set<string> } {
  const { wearer, body, seed } = dressing;
  const { item, colors } = garment;
  const parts: Part[] = [];
  const seen = new Set<string>();
  for (const [at, template] of item.parts.entries()) {
    const id = choose(idsFor(template, body), seed, `${wearer.name}:${item.name}:${at}`);
    const said = template.colors.find(
      (color) => !/^[12]$/.test(color) || colors[Number(color) - 1] !== undefined,
    );
    if (id === undefined || (said === undefined && !template.colors.includes("1"))) continue;
    const color = said === undefined ? undefined : /^[12]$/.test(said) ? colors[Number(said) - 1] : said;
    const isHair = item.zone === "hair" || item.zone === "beard";
    const colored = colorPart(id, isHair ? (color ?? wearer.hair) : color, { body, hair: wearer.hair });
    if (said !== undefined && color !== undefined && colored.took) seen.add(color);
    parts.push({ part: id, colors: colored.colors });
  }
  return { parts, seen };
}

/** A part in a color: which material takes it, and which ramp. Hair that is not said takes the color of the hair. */
export function colorPart(
  id: string,
  color: string | undefined,
  { body, hair }: { body: PartsOfBody; hair: string },
): { colors: Record<string, string>; took: boolean } {
  const materials = body.materialsOf(id);
  const colors: Record<string, string> = {};
  if (materials.includes("hair")) {
    const ramp = rampOf(hair, "hair");
    if (ramp !== null) colors.hair = ramp;
  }
  const material = color === undefined ? undefined : materialFor(color, materials, id);
  const ramp = color === undefined || material === undefined ? null : rampFor(color, material, id);
  if (material !== undefined && ramp !== null) colors[material] = ramp;
  // A red kettle hat is red all over; a steel one keeps its leather.
  if (ramp?.startsWith("cloth/") && id === "helmet/kettle") colors.cloth = ramp;
  return { colors, took: ramp !== null };
}

/** Skins of wings and fins take any color of cloth. */
function rampFor(color: string, material: string, id: string): string | null {
  return rampOf(color, material === "skin" && /^(?:wings|horns|tail|ears)/.test(id) ? "cloth" : material);
}

function materialFor(color: string, materials: readonly string[], id: string): string | undefined {
  const last = color.split(" ").at(-1) ?? "";
  if (Object.hasOwn(METAL, last) && materials.includes("metal") && !/^(?:black|white|gr[ae]y)$/.test(last))
    return "metal";
  if (/^wood/.test(last) && materials.includes("cloth")) return "cloth";
  const free = materials.filter((name) => name !== "skin" && name !== "eye");
  return free[0] ?? (/^(?:wings|horns|tail|ears)/.test(id) ? materials[0] : undefined);
}
