import { keyOf, namesOf, rowsOf } from "./items.ts";
import { KINDS, ROLES } from "./role-table.ts";

/** Something a role wears: one of some items, in one of some colors. */
export interface Worn {
  /** Names of items, or words such as "bare chest". */
  names: string[];
  /** Colors to choose among, each one or two words joined by "+"; "~" stands for the main color. */
  colors: string[];
  /** Whether the seed may leave it out. */
  optional: boolean;
  /** Only on men: beards. */
  man: boolean;
}

/** What a role or kind says of the person. */
export interface Person {
  sex: "m" | "f" | null;
  old: boolean;
  skin: string[];
  hair: string[];
  eyes: string[];
}

/** Someone's trade or station: clothes. */
export interface Role {
  name: string;
  person: Person;
  main: string[];
  worn: Worn[];
}

/** What someone is other than human: body, head, skin, what grows. */
export interface Kind extends Role {
  body: "body" | "skeleton" | "zombie";
  /** Heads of men and of women; "human" for any human head. */
  heads: [string, string];
  skins: string[];
  /** Whether a color that is said of the kind is that of its skin. */
  colorIsSkin: boolean;
  grown: Worn[];
}

function wornOf(cell: string | undefined): Worn[] {
  const entries = (cell ?? "").split(/\s*;\s*/).filter((entry) => entry !== "");
  return entries.map((entry) => {
    const [name = "", colors] = entry.replace(/^\?/, "").split(/\s*:\s*/);
    const man = name.startsWith("man ");
    return {
      names: name.replace(/^man /, "").split("/"),
      colors: namesOf(colors),
      optional: entry.startsWith("?"),
      man,
    };
  });
}

function personOf(cell: string): Person {
  const flags = cell.split(/\s+/);
  const list = (name: string) => namesOf(flags.find((flag) => flag.startsWith(`${name}=`))?.split("=")[1]);
  const sex = flags.includes("m") ? "m" : flags.includes("f") ? "f" : null;
  return { sex, old: flags.includes("old"), skin: list("skin"), hair: list("hair"), eyes: list("eyes") };
}

const roles = new Map<string, Role>();
for (const [names, person = "", main, worn] of rowsOf(ROLES)) {
  const all = namesOf(names);
  const role = { name: all[0] ?? "", person: personOf(person), main: namesOf(main), worn: wornOf(worn) };
  for (const name of all) roles.set(keyOf(name.split(" ")), role);
}

const kinds = new Map<string, Kind>();
for (const [names, body, heads = "", skins = "", grown, person = "", worn = ""] of rowsOf(KINDS)) {
  const all = namesOf(names);
  const [main = "", ...clothes] = worn.split(/\s*;\s*/);
  const [male = "", female = male] = heads.split("/");
  const kind: Kind = {
    name: all[0] ?? "",
    body: body as Kind["body"],
    heads: [male, female],
    skins: namesOf(skins.replace(/^!/, "")),
    colorIsSkin: skins.startsWith("!"),
    grown: wornOf(grown),
    person: personOf(person),
    main: namesOf(main),
    worn: wornOf(clothes.join(";")),
  };
  for (const name of all) kinds.set(keyOf(name.split(" ")), kind);
}

/** Roles and kinds by the keys of their names. */
export const ROLES_BY_NAME: ReadonlyMap<string, Role> = roles;
export const KINDS_BY_NAME: ReadonlyMap<string, Kind> = kinds;
/** Roles that any word of another role takes the place of: "old man" says less than "wizard". */
export const PLAIN_ROLES: ReadonlySet<string> = new Set([
  "villager",
  "elder",
  "old woman",
  "student",
  "warrior",
]);
/** Names that every knight or mage of a special sort has too: "templar knight". */
export const CLASS_NAMES: ReadonlySet<string> = new Set([
  "knight",
  "mage",
  "wizard",
  "soldier",
  "hunter",
  "healer",
  "sorcerer",
  "guard",
]);
/** Names that beside another role only say a rank. */
export const WEAK_NAMES: ReadonlySet<string> = new Set(["captain", "lord", "lady", "champion"]);
