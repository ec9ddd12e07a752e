import { singularOf } from "../words/singular.ts";
import { HAIR_ITEMS, ITEMS } from "./item-table.ts";
import type { PartsOfBody } from "./part-list.ts";

/** A part of an item, as the item table writes it. */
export interface PartTemplate {
  /** Ids in rows: the seed chooses in the first row that the body has parts of. */
  rows: string[][];
  /** Color words in order of choice; "1" and "2" stand for the first and second color that are said. */
  colors: string[];
}

/** One thing that a character wears, holds or grows. */
export interface Item {
  name: string;
  zone: string;
  parts: PartTemplate[];
  /** Colors if none is said, "~" the main one of the wearer. */
  colors: string[];
}

/** Lines of a table, split at the bars. */
export function rowsOf(table: string): string[][] {
  const lines = table.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => line.split("|").map((cell) => cell.trim()));
}

/** Words of a name as the tables are looked up: singular, without hyphens and apostrophes. */
export function keyOf(words: readonly string[]): string {
  return words.map((word) => singularOf(word.replaceAll("'", ""))).join(" ");
}

/** Names of a cell, split at the commas. */
export function namesOf(cell: string | undefined): string[] {
  return (cell ?? "").split(/\s*,\s*/).filter((name) => name !== "");
}

function templateOf(text: string): PartTemplate {
  const [names = "", colors] = text.split("=");
  const [slot = "", kinds = ""] = names.split("/");
  const rows = kinds.split(">").map((row) => row.split(",").map((kind) => `${slot}/${kind}`));
  return { rows, colors: colors === undefined ? ["1"] : colors.split(",") };
}

const found = new Map<string, Item[]>();
for (const [zone = "", names = "", parts = "", colors = ""] of rowsOf(ITEMS + HAIR_ITEMS)) {
  const all = namesOf(names);
  const item = {
    name: all[0] ?? "",
    zone,
    parts: parts.split(" ").map(templateOf),
    colors: colors.split("+"),
  };
  for (const name of all) {
    const key = keyOf(name.split(" "));
    found.set(key, [...(found.get(key) ?? []), item]);
  }
}

/** Items by the keys of their names; of several the first that a body can wear is meant. */
export const ITEMS_BY_NAME: ReadonlyMap<string, readonly Item[]> = found;

/** The item of a name that a body can wear: it has a part for the first that the item needs. */
export function itemFor(name: string, body: PartsOfBody): Item | null {
  const items = ITEMS_BY_NAME.get(keyOf(name.split(" "))) ?? [];
  return items.find(({ parts }) => parts[0] && idsFor(parts[0], body).length > 0) ?? null;
}

/** Ids among which the seed chooses. */
export function idsFor({ rows }: PartTemplate, body: PartsOfBody): string[] {
  return rows.map((row) => row.filter((id) => body.has(id))).find((row) => row.length > 0) ?? [];
}
