import { BROADER } from "./broader-names.ts";
import { SAME } from "./same-names.ts";
import { singularOf } from "./singular.ts";

/** Another name for a thing, in the singular. `broader` names more than was asked: a sword for a rapier. */
export interface OtherName {
  words: readonly string[];
  broader: boolean;
}

const singularWords = (name: string): string[] => name.trim().split(" ").map(singularOf);
const lines = (table: string): string[] => table.split("\n").filter((line) => line !== "");

let known: ReadonlyMap<string, readonly OtherName[]> | null = null;

/** Lists other names of a thing, nearest first: those that mean the same, then broader ones. `name` may be plural. */
export function otherNames(name: readonly string[]): readonly OtherName[] {
  known ??= readTables();
  return known.get(name.map(singularOf).join(" ")) ?? [];
}

function readTables(): Map<string, OtherName[]> {
  const all = new Map<string, OtherName[]>();
  const add = (name: string, other: OtherName) => {
    const names = all.get(name) ?? [];
    if (name !== other.words.join(" ") && !names.some(({ words }) => words.join() === other.words.join()))
      names.push(other);
    all.set(name, names);
  };
  for (const line of lines(SAME)) {
    const names = line.split(",").map(singularWords);
    for (const name of names) for (const words of names) add(name.join(" "), { words, broader: false });
  }
  for (const line of lines(BROADER)) {
    const [broad = "", narrow = ""] = line.split(":");
    for (const name of narrow.split(",").map(singularWords)) {
      add(name.join(" "), { words: singularWords(broad), broader: true });
    }
  }
  return all;
}
