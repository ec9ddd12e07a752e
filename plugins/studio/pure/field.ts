export interface Choice {
  value: string;
  label: string;
}

/**
 * One field of the form, as data. Values are text: "" is the default of the service and is not sent. A number field
 * with a `word` takes that word beside numbers; a choice with `numbers` sends its value as one.
 */
export type Field = {
  /** Name in the request. */
  name: string;
  label: string;
  help?: string;
  placeholder?: string;
} & FieldInput;

type FieldInput =
  | { input: "text"; lines?: number; required?: boolean }
  | { input: "number"; min: number; max: number; step?: number; word?: string }
  | { input: "choice"; choices: readonly Choice[]; numbers?: true }
  | { input: "flag"; initial: boolean }
  | { input: "many"; choices: readonly Choice[] }
  | { input: "color" };

type Rest<T> = Omit<Extract<Field, { input: T }>, "name" | "label" | "input">;

/** A line of text. */
export const text = (name: string, label: string, rest: Rest<"text"> = {}): Field => ({
  ...rest,
  input: "text",
  name,
  label,
});

/** A number within bounds. */
export const number = (name: string, label: string, rest: Rest<"number">): Field => ({
  ...rest,
  input: "number",
  name,
  label,
});

/** One of some words; none of them is the service's default. */
export const choice = (name: string, label: string, values: readonly string[], help?: string): Field => ({
  input: "choice",
  name,
  label,
  choices: values.map(inWords),
  ...(help === undefined ? {} : { help }),
});

/** On, off, or as the style has it. */
export const onOff = (name: string, label: string): Field => ({
  input: "choice",
  name,
  label,
  choices: [
    { value: "true", label: "on" },
    { value: "false", label: "off" },
  ],
});

/** A box to tick. */
export const flag = (name: string, label: string, initial: boolean): Field => ({
  input: "flag",
  name,
  label,
  initial,
});

/** Any of some words. */
export const many = (name: string, label: string, values: readonly string[]): Field => ({
  input: "many",
  name,
  label,
  choices: values.map(inWords),
});

function inWords(value: string): Choice {
  return { value, label: value.replaceAll("_", " ") };
}
