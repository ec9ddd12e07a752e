import type { AssetAnswer } from "../../shared/answers.ts";

/** The flags of a kind that are no field of its request, in the form of node:util's parseArgs. */
export type ExtraFlags = Readonly<Record<string, { type: "boolean" | "string" }>>;

/** What flags may need from the command line: their values, and a reader of picture files as base64. */
export interface FlagReader {
  values: Readonly<Record<string, unknown>>;
  readPicture: (field: string, path: string) => Promise<string>;
}

/** What the command line of a kind says in its own way; every other field of the request is a flag by itself. */
export interface KindCommand<A extends AssetAnswer = AssetAnswer> {
  /** Lines that show how it is called, without "pixelkiln". */
  usage: readonly string[];
  /** What it does, in a paragraph. */
  about: string;
  /** What the argument without a flag is, and whether it may be left out. */
  argument: { field: "prompt" | "input_image"; required: boolean } | null;
  /** What to type where a required argument or field is missing. */
  example: string;
  /** What -o names: the picture, with its files beside it; a folder for many files; or the one file that is written. */
  output: "picture" | "folder" | "file";
  /** Fields that have no flag of their own. */
  notFlags: readonly string[];
  flags?: ExtraFlags;
  flagHelp?: readonly (readonly [string, string])[];
  /** Turns further flags, and text where the schema takes something else, into fields. */
  fieldsOf?(fields: Record<string, unknown>, flags: FlagReader): Promise<Record<string, unknown>>;
  /** One line of facts for each picture of an answer. */
  factsOf(answer: A): string[];
}
