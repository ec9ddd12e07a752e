import type { Kind, Role } from "./roles.ts";

/** A color as typed, with the words to report if it finds no place. */
export interface SaidColor {
  /** "dark blue", "golden". */
  color: string;
  words: string[];
}

/** An item that a prompt names. */
export interface SaidItem {
  /** Key of its name in the item table. */
  name: string;
  colors: SaidColor[];
  words: string[];
}

/** What a prompt says of a character. */
export interface SaidCharacter {
  role: Role | null;
  /** Key of the name that the role was called. */
  roleName: string;
  kind: Kind | null;
  /** Key of the name that the kind was called. */
  kindName: string;
  sex: "m" | "f" | null;
  age: "old" | "young" | null;
  /** Colors of the whole: "knight in blue". */
  main: SaidColor[];
  skin: SaidColor[];
  eyes: SaidColor[];
  /** Color of the hair without a word for hair: "blonde woman". */
  hair: SaidColor[];
  items: SaidItem[];
  /** Zones that stay empty: "bald", "without a helmet". */
  bare: Set<string>;
  unmet: string[];
}
