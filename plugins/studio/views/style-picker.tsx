import type { StyleInfo } from "../../../shared/answers.ts";
import { type Kind, propertiesOf } from "../pure/kind.ts";
import { FieldError } from "./field-control.tsx";

export interface StylePickerProps {
  styles: readonly StyleInfo[];
  kind: Kind;
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
}

/** The style that a form means: the chosen one, or the default of its kind. */
export function styleOf(styles: readonly StyleInfo[], kind: Kind, value: string): StyleInfo | undefined {
  const name = value === "" ? propertiesOf(kind).prompt_style?.default : value;
  return styles.find((style) => style.prompt_style === name);
}

/** Chooses a style and says what it is. */
export function StylePicker({ styles, kind, value, error, onChange }: StylePickerProps) {
  const fallback = styleOf(styles, kind, "");
  const style = styleOf(styles, kind, value);
  return (
    <div class={`field wide ${error ? "bad" : ""}`}>
      <label for="style">Style</label>
      <select
        id="style"
        value={value}
        aria-describedby="style-help"
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        <option value="">{fallback ? fallback.name : "Default"}</option>
        {styles
          .filter((one) => one.prompt_style !== fallback?.prompt_style)
          .map((one) => (
            <option key={one.prompt_style} value={one.prompt_style}>
              {one.name}
            </option>
          ))}
      </select>
      <small id="style-help" class="help">
        {style?.description ?? ""}
      </small>
      <FieldError id="style" error={error} />
    </div>
  );
}
