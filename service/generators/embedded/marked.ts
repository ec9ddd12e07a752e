import { paintMark } from "../../pixel/alter/mark.ts";
import type { PixelImage } from "../../pixel/image.ts";
import { colorTint } from "../../words/color-tint.ts";
import type { PromptThing } from "../../words/prompt-parse.ts";
import { askedColors } from "./score-exemplar.ts";

/** Things with a face that a mark is painted on, rather than a second thing put beside them. */
const FLAT = new Set(
  `map shield banner flag pennant book tome spellbook grimoire scroll parchment paper note sign signpost crate box chest barrel
  keg door card coin medal token shirt tunic bag sack pouch bottle flask jar potion wall letter envelope tombstone gravestone
  mug cup rug carpet pillow gift present poster button block balloon drum vase pot plate tile stone sail backpack`.split(
    /\s+/,
  ),
);
const COLORS: Readonly<Record<string, string>> = {
  ...{ x: "red", cross: "red", plus: "red", heart: "red", star: "gold", skull: "white", moon: "gold" },
  ...{ diamond: "cyan", question: "gold", exclamation: "gold", arrow: "red", circle: "red" },
};

/** Paints a part that is a mark on the flat thing that it is said of: "map with a red X"; null for anything else. */
export function markPart(image: PixelImage, head: string | null, part: PromptThing): PixelImage | null {
  const name = markOf(part);
  if (name === null || !FLAT.has(head ?? "")) return null;
  const tint = colorTint(askedColors(part)[0] ?? COLORS[name] ?? "black");
  return tint && paintMark(image, name, tint);
}

/** The mark that a part names. "letter a" has lost its "a" as an article. */
function markOf({ name, head }: PromptThing): string | null {
  const before = name.at(-2);
  if (head === "mark" || head === "symbol" || head === "sign") return before ?? null;
  if (head === "crossbones") return "skull";
  if (head === "letter") return "a";
  if (before === "letter" || (head !== null && Object.hasOwn(COLORS, head))) return head;
  return null;
}
