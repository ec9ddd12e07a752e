import type { AssetAnswer } from "../../shared/answers.ts";

/** The flags of a kind that are not fields of its request, in the form of node:util's parseArgs. */
export type ExtraFlags = Readonly<Record<string, { type: "boolean" | "string"; multiple?: boolean }>>;

/** What a kind needs to read its flags: their values, and a function that reads picture files as base64. */
export interface FlagReader {
  values: Readonly<Record<string, unknown>>;
  readPicture: (field: string, path: string) => Promise<string>;
}

/** What is special about the command line of a kind. Every other field of its request becomes a flag by itself. */
export interface KindCommand<A extends AssetAnswer = AssetAnswer> {
  /** Usage lines, without "pixelkiln". */
  usage: readonly string[];
  /** What it does, in a paragraph. */
  about: string;
  /** The positional argument, and whether it is required. */
  argument: { field: "prompt" | "input_image"; required: boolean } | null;
  /** What to type when a required argument or field is missing. */
  example: string;
  /** What -o names: the picture, with its files next to it; a folder for many files; or the only file written. */
  output: "picture" | "folder" | "file";
  /** The picture that a request always writes, by the name of its files; default: NAME.png. */
  pictureOf?(name: string, request: Readonly<Record<string, unknown>>): string;
  /** Whether `--batch LIST.json` makes one asset for each picture of a list; needs `output: "file"`. */
  takesLists?: boolean;
  /** Fields that have no flag of their own. */
  notFlags: readonly string[];
  flags?: ExtraFlags;
  flagHelp?: readonly (readonly [string, string])[];
  /** Turns extra flags into fields, and text into what the schema takes. */
  fieldsOf?(fields: Record<string, unknown>, flags: FlagReader): Promise<Record<string, unknown>>;
  /** One line of facts per picture of an answer. */
  factsOf(answer: A): string[];
}
