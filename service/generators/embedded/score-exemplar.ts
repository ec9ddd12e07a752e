import { impliedColors } from "../../words/material-words.ts";
import type { PromptThing } from "../../words/prompt-parse.ts";
import { singularOf } from "../../words/singular.ts";
import type { IndexedRow, LibraryRow } from "./exemplar-library.ts";

/** A name under which a thing may be drawn, and what a drawing of that name is worth. */
export interface Target {
  words: readonly string[];
  head: string;
  worth: number;
  /** The name that was asked for, or another one; `broader` also names other things. */
  sort: "asked" | "same" | "broader" | "tagged";
}

/** What is asked beside the name. */
export interface Asked {
  /** The thing's own words, singular. */
  words: ReadonlySet<string>;
  /** Words that describe it: colors, materials, states, modifiers. */
  describing: readonly string[];
  colors: readonly string[];
  /** Words of its parts. */
  partWords: readonly string[];
  kind: string;
  size: number;
  /** Whether a face or a bust is wanted. */
  wantsFace: boolean;
}

/** Weights of the score, tried on the common and the compound prompts of the eval. */
const WEIGHT = {
  /** A noun of the asked name that the drawing's name lacks: "wizard hat" answered with any hat. */
  missing: -1.4,
  /** A word of the drawing's name that nobody asked for: "hell knight" for a knight. */
  extra: -0.55,
  inName: 0.8,
  inCaption: 0.55,
  part: 0.6,
  color: [0.7, 0.4, 0.15],
  larger: -0.3,
  smaller: -0.6,
  quality: 0.12,
  fewColors: -0.35,
  /** A pack whose thick outlines look coarse among other drawings of 32 px. */
  thickLines: -0.15,
  /** A set of 16 px whose dark halos look coarse on a larger canvas. */
  halo: -0.4,
  /** Drawn in a pose that nobody asked for. */
  pose: -0.6,
  /** A drawing in few colors on a filled square is a symbol on its ground. */
  filledSquare: -2,
  /** A word that says next to nothing: "big robot". */
  empty: -0.2,
  emojiPerson: -0.8,
  /** Called by a short name, but it is a special one: a lantern of red paper. */
  narrower: -0.6,
  otherThing: -2,
  /** Cut out of a sheet of many and named by the sheet: "bread" may be a bagel. */
  namedBySheet: -0.4,
  wrongFigure: -2.5,
  bust: -1.6,
  wrongKind: -0.4,
} as const;

const FACE_WORDS = new Set([
  "face",
  "head",
  "bust",
  "portrait",
  "emoji",
  "emoticon",
  "smiley",
  "avatar",
  "mask",
]);
const BEINGS = new Set(["person", "monster", "animal"]);
/** The color by which a thing is known: a drawing in another one is the worse answer where none is asked for. */
const USUAL_COLORS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    red: "heart apple strawberry cherry tomato rose devil",
    green: "goblin orc frog slime cactus leaf lettuce pickle crocodile",
    orange: "pumpkin carrot fox tiger campfire fire",
    yellow: "banana lemon star cheese sun chick",
    brown: "barrel crate table log",
    gray: "rock stone knight robot wolf mouse helmet",
    white: "skull skeleton bone ghost swan",
  }).flatMap(([color, heads]) => heads.split(" ").map((head) => [head, color] as const)),
);
/** Words that make another thing of a noun: a magnifying glass is none to drink from. */
const OTHER_THING = new Set([
  "magnifying",
  "slot",
  "toy",
  "teddy",
  "gummy",
  "gingerbread",
  "cocktail",
  "paper",
]);
const POSES = ["dead", "lying", "jumping", "attack", "falling", "hurt", "monochrome"];
/** Words of a row's name that say nothing of what it shows. */
const EMPTY_WORDS = new Set([
  "enemy",
  "player",
  "npc",
  "small",
  "ordinary",
  "simple",
  "large",
  "big",
  "normal",
  "item",
]);

/** What is asked of drawings of a thing. */
export function askedOf(thing: PromptThing, kind: string, size: number): Asked {
  const words = new Set(thing.words.map(singularOf));
  const colors = askedColors(thing);
  const usual = USUAL_COLORS.get(thing.head ?? "");
  const wantsFace = kind === "portrait" || [...words].some((word) => FACE_WORDS.has(word));
  return {
    words,
    describing: [...thing.materials, ...thing.states, ...thing.modifiers]
      .flatMap((said) => said.split(" "))
      .map(singularOf),
    colors: colors.length > 0 || usual === undefined ? colors : [usual],
    partWords: thing.parts.flatMap((part) => (part.thing.head === null ? [] : [part.thing.head])),
    kind,
    size,
    wantsFace,
  };
}

/** The colors that a thing is asked in: those that are said, else those that its material or contents imply. */
export function askedColors(thing: PromptThing): string[] {
  if (thing.colors.length > 0) return [...thing.colors];
  return [...thing.materials, ...thing.name.slice(0, -1), ...thing.modifiers].flatMap((word) =>
    impliedColors(word, thing.head),
  );
}

/** How well a drawing answers a thing under one of its names: more is better. */
export function scoreRow(entry: IndexedRow, target: Target, asked: Asked): number {
  const { name, caption, row } = entry;
  const named = new Set(name);
  const missing = target.words.filter(
    (word) => !named.has(word) && !(target.sort === "tagged" && caption.has(word)),
  );
  const extra = name.filter(
    (word) =>
      !target.words.includes(word) &&
      !asked.words.has(word) &&
      !asked.partWords.includes(word) &&
      !EMPTY_WORDS.has(word),
  );
  const describing = asked.describing.map((word) =>
    named.has(word) ? WEIGHT.inName : caption.has(word) ? WEIGHT.inCaption : 0,
  );
  const parts = asked.partWords.map((word) => (shows(caption, word) ? WEIGHT.part : 0));
  return (
    target.worth +
    WEIGHT.missing * missing.length +
    (target.sort === "tagged" ? 0 : WEIGHT.extra * extra.length) +
    sum(describing) +
    sum(parts) +
    colorScore(row.colors, asked.colors) +
    sizeScore(entry, asked.size) +
    WEIGHT.empty * name.filter((word) => EMPTY_WORDS.has(word) && !asked.words.has(word)).length +
    WEIGHT.quality * (row.quality ?? 1) +
    (POSES.some((pose) => caption.has(pose) && !asked.words.has(pose)) ? WEIGHT.pose : 0) +
    (row.source === "lpc-revised" ? WEIGHT.namedBySheet : 0) +
    (row.source === "cc0-packs" && asked.size >= 32 ? WEIGHT.thickLines : 0) +
    (row.source === "dawnlike" && row.size < asked.size ? WEIGHT.halo : 0) +
    (extra.some((word) => OTHER_THING.has(word)) ? WEIGHT.otherThing : 0) +
    (isFilledSquare(row) ? WEIGHT.filledSquare : 0) +
    (isNarrower(entry, asked) ? WEIGHT.narrower : 0) +
    (row.ncolors <= 2 ? WEIGHT.fewColors : 0) +
    figureScore(entry, asked) +
    kindScore(row.kind, asked)
  );
}

/** Whether a drawing is an emoji: its caption goes on with tags that say more than it shows. */
export function isEmoji({ source }: LibraryRow): boolean {
  return source === "fluent" || source === "noto" || source.endsWith("emoji");
}

/** Whether a caption has a word of a part: a sailing ship has sails. */
function shows(caption: ReadonlySet<string>, word: string): boolean {
  return caption.has(word) || caption.has(`${word}ing`) || caption.has(`${word}ed`);
}

/** Whether the caption of an emoji goes on with the name of another thing: "lantern, red paper lantern". */
function isNarrower({ row, alsoNames }: IndexedRow, asked: Asked): boolean {
  const others = isEmoji(row) ? alsoNames.flat() : [];
  return others.some((word) => OTHER_THING.has(word) && !asked.words.has(word));
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function colorScore(held: readonly string[], asked: readonly string[]): number {
  if (asked.length === 0) return 0;
  const wanted = asked.map((color) => color.split(" ").at(-1) ?? color).map((color) => LIKE[color] ?? color);
  const scores = wanted.map(
    (color) => WEIGHT.color[held.findIndex((other) => (LIKE[other] ?? other) === color)] ?? 0,
  );
  return sum(scores) / scores.length;
}

/** Colors that captions do not tell apart. */
const LIKE: Readonly<Record<string, string>> = {
  ...{
    golden: "yellow",
    gold: "yellow",
    silver: "gray",
    steel: "gray",
    iron: "gray",
    wooden: "brown",
    copper: "brown",
  },
  ...{
    bronze: "brown",
    crimson: "red",
    azure: "blue",
    indigo: "blue",
    violet: "purple",
    lime: "green",
    emerald: "green",
  },
  ...{ olive: "green", magenta: "pink", teal: "cyan" },
};

/** A drawing that fills at most the asked edge and at least half of it needs no other size. */
function sizeScore({ edge, row }: IndexedRow, size: number): number {
  if (edge <= size && edge > size / 2) return row.size === size ? 0.05 : 0;
  const steps = Math.abs(Math.log2(Math.max(edge, 4) / size));
  return edge > size ? WEIGHT.larger * steps : WEIGHT.smaller * (steps - 0.8);
}

function figureScore({ row, head, name }: IndexedRow, asked: Asked): number {
  const isFace =
    row.figure === "face" || (BEINGS.has(row.category) && (head === "face" || name.includes("face")));
  if (asked.wantsFace) return row.figure === "bust" ? 0.6 : isFace ? 0.5 : asked.kind === "portrait" ? -1 : 0;
  if (isFace || row.category === "emoji") return WEIGHT.wrongFigure;
  if (row.category === "person" && row.source.endsWith("emoji")) return WEIGHT.emojiPerson;
  return row.figure === "bust" || row.kind === "portrait" ? WEIGHT.bust : 0;
}

function isFilledSquare({ box, size, ncolors, kind }: IndexedRow["row"]): boolean {
  return kind !== "tile" && kind !== "ui" && ncolors <= 4 && box[2] === size && box[3] === size;
}

function kindScore(kind: string, asked: Asked): number {
  if (asked.kind === "ui") return kind === "ui" ? 1 : kind === "icon" ? 0 : WEIGHT.wrongKind;
  if (kind === "ui") return WEIGHT.wrongKind * 2;
  if (asked.kind === "character") return kind === "character" ? 0.3 : 0;
  return kind === "icon" && asked.kind !== "icon" ? WEIGHT.wrongKind : 0;
}
