import type { Garment } from "./garments.ts";
import type { SaidColor } from "./said.ts";

/** Colors of a garment with the main ones put in. */
export function colorsOf({ item, colors, said }: Garment, main: readonly string[]): string[] {
  if (said && said.colors.length > 0) return said.colors.map(({ color }) => color);
  const [first = "", second = ""] = colors.length > 0 ? colors : item.colors;
  const own = first === "~" ? main[0] : first;
  const other = first === "~" && main[1] !== undefined ? main[1] : second === "~" ? main[0] : second;
  return [own, other].filter((color) => color !== undefined && color !== "") as string[];
}

/** Who is said to wear a blue robe wears a hat of the same blue, if both are of one color by the role. */
export function mainOf(own: readonly Garment[], named: readonly Garment[]): string[] | null {
  for (const { item, said } of named) {
    const isMain = own.some(
      (garment) => garment.isMain && garment.item.zone === item.zone && item.zone !== "hat",
    );
    if (isMain && said && said.colors.length > 0) return said.colors.map(({ color }) => color);
  }
  return null;
}

const SECOND_ZONES = ["cape", "legs", "belt", "hands", "feet", "hat"];

/** Gives a second main color to another garment, where none that has the first shows it. */
export function giveSecond(garments: readonly Garment[], [, second]: readonly SaidColor[]) {
  const mains = garments.filter(({ isMain }) => isMain);
  if (!second || mains.some(({ item }) => item.parts.some(({ colors }) => colors.includes("2")))) return;
  const zone = SECOND_ZONES.find((one) => garments.some(({ item, said }) => !said && item.zone === one));
  const garment = garments.find(({ item, said }) => !said && item.zone === zone);
  if (garment) Object.assign(garment, { colors: [second.color], isMain: true });
}

const MAIN_ZONES = ["robe", "armor", "jacket", "torso", "legs", "cape", "hat"];

/** Gives the main color to what is seen most, where the role has nothing for it. */
export function giveMain(garments: readonly Garment[], main: readonly SaidColor[]) {
  const isFree = ({ said }: Garment) => !said || said.colors.length === 0;
  for (const zone of MAIN_ZONES) {
    const garment = garments.find((one) => one.item.zone === zone && isFree(one));
    if (garment) {
      Object.assign(garment, { colors: main.map(({ color }) => color), isMain: true });
      return;
    }
  }
}
