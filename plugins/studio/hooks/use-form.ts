import { useEffect, useState } from "preact/hooks";
import type { FieldError } from "../../../shared/errors.ts";
import { type FormState, fromHash, toHash } from "../pure/form-state.ts";
import { type Kind, kindOf } from "../pure/kind.ts";

/** Field name -> what is wrong with it, in words. */
export type FieldErrors = Readonly<Record<string, string>>;

export interface Form {
  state: FormState;
  /** The kind that is asked for. */
  kind: Kind;
  errors: FieldErrors;
  /** Changes some of the form and forgets the errors of what changed. */
  change(part: Partial<FormState>): void;
  setValue(name: string, value: string): void;
  setErrors(errors: readonly FieldError[]): void;
}

/** The form, kept in the fragment of the address: a reload or a link brings it back. */
export function useForm(fragment: string, kinds: readonly Kind[]): Form {
  const [state, setState] = useState<FormState>(() => fromHash(fragment, kinds));
  const [errors, setFieldErrors] = useState<FieldErrors>({});
  useEffect(() => {
    const timer = setTimeout(() => history.replaceState(null, "", `#${toHash(state)}`), 150);
    return () => clearTimeout(timer);
  }, [state]);
  useEffect(() => {
    const onHash = (): void => setState(fromHash(location.hash, kinds));
    addEventListener("hashchange", onHash);
    return () => removeEventListener("hashchange", onHash);
  }, []);
  return {
    state,
    kind: kindOf(kinds, state.kind),
    errors,
    change: (part) => {
      setState((before) => ({ ...before, ...part }));
      setFieldErrors({});
    },
    setValue: (name, value) => {
      setState((before) => ({ ...before, values: { ...before.values, [name]: value } }));
      setFieldErrors(({ [name]: _, ...rest }) => rest);
    },
    setErrors: (list) =>
      setFieldErrors(Object.fromEntries(list.map((error) => [headOf(error.field), inWords(error)]))),
  };
}

function inWords({ expected, got }: FieldError): string {
  return got === "nothing" ? "This is needed." : `Expected ${expected}; got ${got}.`;
}

/** `input_palette.3` belongs to the control of `input_palette`, `output.dir` to `dir`. */
function headOf(field: string): string {
  const [head = "", next] = field.split(".");
  return head === "output" && next !== undefined ? next : head;
}
