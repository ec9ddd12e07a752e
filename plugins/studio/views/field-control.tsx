import type { Field } from "../pure/field.ts";

export interface FieldControlProps {
  field: Field;
  value: string;
  error: string | undefined;
  placeholder?: string | undefined;
  onChange: (value: string) => void;
}

/** One field of the form: label, control, help, and what the service found wrong with it. */
export function FieldControl({ field, value, error, placeholder, onChange }: FieldControlProps) {
  const id = `field-${field.name}`;
  // A box to tick has its description as a title alone.
  const help = field.isExplained && field.input !== "flag" ? field.description : undefined;
  const notes = [error ? `${id}-error` : "", help ? `${id}-help` : ""].filter(Boolean).join(" ");
  const shared = {
    id,
    name: field.name,
    "aria-invalid": error ? true : undefined,
    "aria-describedby": notes === "" ? undefined : notes,
  };
  if (field.input === "flag") {
    const checked = value === "" ? field.initial : value === "true";
    return (
      <label class="tick wide" for={id} title={field.description}>
        <input
          {...shared}
          type="checkbox"
          checked={checked}
          onChange={(event) => onChange(String(event.currentTarget.checked))}
        />
        {field.label}
      </label>
    );
  }
  if (field.input === "many") return <Many field={field} value={value} onChange={onChange} />;
  const isWide = field.input === "text";
  return (
    <div
      title={help ? undefined : field.description}
      class={`field ${isWide ? "wide" : ""} ${error ? "bad" : ""}`}
    >
      <label for={id}>{field.label}</label>
      <Control field={field} shared={shared} {...{ value, placeholder, onChange }} />
      {help && (
        <small id={`${id}-help`} class="help">
          {help}
        </small>
      )}
      <FieldError id={id} error={error} />
    </div>
  );
}

/** What is wrong with a field, below it. */
export function FieldError({ id, error }: { id: string; error: string | undefined }) {
  return error ? (
    <small id={`${id}-error`} class="error">
      {error}
    </small>
  ) : null;
}

interface ControlProps extends Omit<FieldControlProps, "error"> {
  shared: Record<string, unknown>;
}

function Control({ field, shared, value, placeholder, onChange }: ControlProps) {
  const hint = placeholder ?? field.placeholder;
  const onInput = (event: { currentTarget: { value: string } }): void => onChange(event.currentTarget.value);
  if (field.input === "choice") {
    return (
      <select {...shared} value={value} onChange={onInput}>
        <option value="">default</option>
        {field.choices.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
    );
  }
  if (field.input === "text" && (field.lines ?? 1) > 1) {
    return (
      <textarea
        {...shared}
        rows={field.lines}
        value={value}
        placeholder={hint}
        maxLength={field.maxLength}
        onInput={onInput}
      />
    );
  }
  if (field.input === "color") return <ColorControl {...{ shared, value, onChange }} />;
  const box = { ...shared, value, placeholder: hint, autocomplete: "off", onInput };
  if (field.input === "number" && field.word === undefined)
    return <input {...box} type="number" min={field.min} max={field.max} step={field.step} />;
  return <input {...box} type="text" />;
}

interface ColorProps {
  shared: Record<string, unknown>;
  value: string;
  onChange: (value: string) => void;
}

function ColorControl({ shared, value, onChange }: ColorProps) {
  return (
    <span class="joined">
      <input
        type="color"
        aria-label="Pick the outline color"
        value={value === "" ? "#000000" : value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
      <input
        {...shared}
        type="text"
        placeholder="none"
        autocomplete="off"
        value={value}
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </span>
  );
}

interface ManyProps {
  field: Extract<Field, { input: "many" }>;
  value: string;
  onChange: (value: string) => void;
}

function Many({ field, value, onChange }: ManyProps) {
  const chosen = value === "" ? [] : value.split(",");
  return (
    <fieldset class="wide many">
      <legend>{field.label}</legend>
      {field.choices.map((one) => (
        <label class="tick" key={one.value}>
          <input
            type="checkbox"
            name={`${field.name}-${one.value}`}
            checked={chosen.includes(one.value)}
            onChange={(event) => {
              const others = chosen.filter((other) => other !== one.value);
              onChange((event.currentTarget.checked ? [...others, one.value] : others).join(","));
            }}
          />
          {one.label}
        </label>
      ))}
    </fieldset>
  );
}
