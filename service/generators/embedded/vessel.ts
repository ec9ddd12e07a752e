import { fillVessel } from "../../pixel/alter/fill-vessel.ts";
import type { PixelImage } from "../../pixel/image.ts";
import type { Tint } from "../../pixel/tint.ts";
import { colorTint } from "../../words/color-tint.ts";
import type { PromptThing } from "../../words/prompt-parse.ts";
import { askedColors } from "./score-exemplar.ts";

/** What one can look into from the side. */
const GLASS = /^(bottle|glass|flask|vial|phial|jar|potion|beaker|decanter|carafe|elixir|goblet)$/;
/** What fills a vessel evenly, and its color unless one is said. Cookies in a jar lie in a heap. */
const LIQUIDS: Readonly<Record<string, string>> = {
  ...{ liquid: "blue", fluid: "blue", water: "blue", drink: "blue", potion: "blue", elixir: "blue" },
  ...{
    wine: "crimson",
    blood: "crimson",
    juice: "orange",
    lemonade: "yellow",
    milk: "white",
    cream: "white",
  },
  ...{ beer: "gold", ale: "gold", mead: "gold", honey: "gold", oil: "gold", cider: "gold", whiskey: "brown" },
  ...{ rum: "brown", tea: "brown", coffee: "brown", cola: "brown", syrup: "brown", medicine: "green" },
  ...{ poison: "green", acid: "lime", slime: "lime", ink: "black", lava: "orange", mana: "blue" },
};
const LEVELS: readonly (readonly [string, number])[] = [
  ["half full", 0.5],
  ["half filled", 0.5],
  ["half empty", 0.5],
  ["empty", 0],
];

/** Whether a liquid fills a thing that is made of glass, evenly up to a level. */
export function isFilledWith(vessel: string | null, content: PromptThing): boolean {
  return GLASS.test(vessel ?? "") && Object.hasOwn(LIQUIDS, content.head ?? "");
}

/** How far a vessel is filled: 0 is empty, 1 is full; null if nothing is said of it. */
export function levelOf(states: readonly string[]): number | null {
  const said = LEVELS.find(([state]) => states.includes(state));
  return said ? said[1] : states.includes("full") ? 1 : null;
}

/** Draws the vessel with what a prompt says is in it; null where it shows no body of glass. */
export function fillWith(image: PixelImage, content: PromptThing, level: number): PixelImage | null {
  const color = askedColors(content)[0] ?? LIQUIDS[content.head ?? ""] ?? "blue";
  const tint = colorTint(color);
  return tint && fillVessel(image, tint, level);
}

/** Draws a vessel as full as its own words say: "empty bottle", "half full red potion". Null if they say nothing of it. */
export function fillAsSaid(image: PixelImage, thing: PromptThing): PixelImage | null {
  const level = GLASS.test(thing.head ?? "") ? levelOf(thing.states) : null;
  if (level === null || level === 1 || thing.parts.some(({ relation }) => relation === "full of"))
    return null;
  return fillVessel(image, colorOf(thing), level);
}

function colorOf(thing: PromptThing): Tint {
  const said = askedColors(thing).map(colorTint);
  return said.find((tint) => tint !== null) ?? { hue: 0.4, chroma: 0.2, lightness: 0.6 };
}
