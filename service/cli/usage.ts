import { type ParseArgsConfig, parseArgs } from "node:util";
import { describeValue, invalidParameter } from "../../shared/errors.ts";

export type FlagTable = NonNullable<ParseArgsConfig["options"]>;
export type FlagValues = Record<string, string | boolean | (string | boolean)[] | undefined>;

export interface ReadArguments {
  values: FlagValues;
  positionals: string[];
}

/** Reads arguments by a table of flags. Throws a usage error for an unknown flag, a missing value or a second one. */
export function readArguments(
  args: string[],
  options: FlagTable,
  positionals: { most: number },
): ReadArguments {
  const read = parse(args, options);
  const extra = read.positionals[positionals.most];
  if (extra !== undefined)
    throw invalidParameter(
      "arguments",
      `an extra ${describeValue(extra)}`,
      `${positionals.most ? `at most ${positionals.most}` : "none"} (put text with spaces in quotes)`,
    );
  return read;
}

function parse(args: string[], options: FlagTable): ReadArguments {
  try {
    const { values, positionals, tokens } = parseArgs({
      args,
      options,
      allowPositionals: true,
      allowNegative: true,
      strict: true,
      tokens: true,
    });
    const given = tokens.filter((token) => token.kind === "option");
    const again = given.find(
      ({ name }, i) => !options[name]?.multiple && given.findIndex((one) => one.name === name) < i,
    );
    if (again) throw invalidParameter(`--${again.name}`, "more than one", "the flag once");
    return { values, positionals };
  } catch (error) {
    throw explain(error, args, options);
  }
}

/** Says what is wrong in our words: Node's messages are long and differ from version to version. */
function explain(error: unknown, args: string[], options: FlagTable): unknown {
  const code = error instanceof Error && "code" in error ? error.code : null;
  const named = error instanceof Error ? /'(?:-\w, )?(--?[\w-]+)/.exec(error.message)?.[1] : undefined;
  const flag = named ?? args.find((argument) => argument.startsWith("-")) ?? "arguments";
  if (code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
    const near = nearest(flag.replace(/^-+(?:no-)?/, ""), Object.keys(options));
    return invalidParameter(
      flag,
      "an unknown flag",
      near ? `--${near} (see --help)` : "a flag that --help lists",
    );
  }
  if (code === "ERR_PARSE_ARGS_INVALID_OPTION_VALUE") {
    const type = options[flag.replace(/^-+/, "")]?.type;
    return invalidParameter(
      flag,
      type === "boolean" ? "a value" : "no value",
      type === "boolean" ? "none" : `${flag}=VALUE`,
    );
  }
  return error;
}

/** Finds the flag closest to a mistyped one, or null if none is close enough to be what was meant. */
function nearest(name: string, flags: readonly string[]): string | null {
  const ranked = flags
    .map((flag) => ({ flag, cost: editDistance(name, flag) }))
    .sort((a, b) => a.cost - b.cost);
  const best = ranked[0];
  return best && best.cost <= Math.max(2, name.length / 3) ? best.flag : null;
}

/** Levenshtein (1965): inserts, deletions and replacements from one word to the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      const [replace = 0, insert = 0] = [row[j], row[j + 1]];
      next.push(Math.min(replace + (letter === other ? 0 : 1), insert + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** Reads a text flag. Throws a usage error for an empty one, such as that of a variable that is not set. */
export function textFlag(values: FlagValues, name: string): string | undefined {
  const value = values[name];
  if (value === "") throw invalidParameter(`--${name}`, "an empty text", `--${name} VALUE`);
  return typeof value === "string" ? value : undefined;
}

/** Lays out names and their explanations in two columns. */
export function columns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`.trimEnd()).join("\n");
}
