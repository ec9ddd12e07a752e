import type { Catalog } from "../hooks/use-catalog.ts";
import type { Form } from "../hooks/use-form.ts";
import type { Field } from "../pure/field.ts";
import { groupsOf } from "../pure/form-fields.ts";
import { has, needs } from "../pure/kind.ts";
import { FieldControl } from "./field-control.tsx";
import { Icon } from "./icon.tsx";
import { PaletteEditor } from "./palette-editor.tsx";
import { PictureInput, type StartPicture } from "./picture-input.tsx";
import { StylePicker, styleOf } from "./style-picker.tsx";

export interface RequestFormProps {
  catalog: Catalog;
  form: Form;
  picture: StartPicture | null;
  /** Which part of the picture is drawn anew. */
  mask: StartPicture | null;
  /** What is wrong with the request as a whole, or "". */
  problem: string;
  onPicture: (picture: StartPicture | null) => void;
  onMask: (mask: StartPicture | null) => void;
  onSubmit: () => void;
}

/** The left side: all that a request says, and the button that sends it. */
export function RequestForm(props: RequestFormProps) {
  const { catalog, form, picture, mask, problem, onPicture, onMask, onSubmit } = props;
  const { state, kind, errors } = form;
  const groups = groupsOf(kind);
  const hasStyle = has(kind, "prompt_style");
  const needsPicture = needs(kind, "input_image");
  const style = hasStyle ? styleOf(catalog.styles, kind, state.style) : undefined;
  const isSized = hasStyle && has(kind, "width") && has(kind, "height");
  const hints: Record<string, string | undefined> = {
    prompt: style?.example_prompt,
    width: isSized ? style && String(style.default_width) : undefined,
    height: isSized ? style && String(style.default_height) : undefined,
    color_count: style ? String(style.default_color_count) : undefined,
  };
  const control = (field: Field) => (
    <FieldControl
      key={field.name}
      field={field}
      value={state.values[field.name] ?? ""}
      error={errors[field.name]}
      placeholder={hints[field.name]}
      onChange={(value) => form.setValue(field.name, value)}
    />
  );
  const flags = groups.shape.filter(({ input }) => input === "flag");
  const measures = groups.shape.filter(({ input }) => input !== "flag");
  const isMasked = picture !== null && has(kind, "mask_image");
  const isThree = measures.length === 3 && measures.every(({ input }) => input === "number");
  return (
    <form
      class="request"
      aria-label="Request"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      <div class="fields">
        {needsPicture && (
          <PictureInput
            label="Picture"
            picture={picture}
            error={errors.input_image}
            strength={null}
            onChange={onPicture}
          />
        )}
        {groups.subject.map(control)}
        {hasStyle && (
          <StylePicker
            styles={catalog.styles}
            kind={kind}
            value={state.style}
            error={errors.prompt_style}
            onChange={(value) => form.change({ style: value })}
          />
        )}
        <div class={`grid ${isThree ? "three" : ""}`}>{measures.map(control)}</div>
        {isSized && <SizeChips form={form} />}
        <div class="grid">{flags.map(control)}</div>
        {has(kind, "seed") && <Seed form={form} />}
        <PaletteEditor
          palettes={catalog.palettes}
          palette={state.palette}
          error={errors.input_palette}
          onChange={(palette) => form.change({ palette })}
        />
        <div class="grid">{groups.color.map(control)}</div>
        {has(kind, "input_image") && !needsPicture && (
          <PictureInput
            label="Start from a picture"
            picture={picture}
            error={errors.input_image}
            strength={
              !has(kind, "strength")
                ? null
                : {
                    value: state.strength,
                    initial: isMasked && mask ? "1" : "0.75",
                    onChange: (strength) => form.change({ strength }),
                  }
            }
            onChange={onPicture}
          />
        )}
        {isMasked && (
          <PictureInput
            label="Mask: white is drawn anew"
            name="mask_image"
            picture={mask}
            error={errors.mask_image}
            strength={null}
            onChange={onMask}
          />
        )}
        <details class="advanced">
          <summary>Advanced</summary>
          <div class="grid">{groups.advanced.map(control)}</div>
        </details>
      </div>
      <div class="submit">
        {problem !== "" && (
          <p class="error" role="alert">
            {problem}
          </p>
        )}
        <button type="submit" class="main" aria-keyshortcuts="Control+Enter">
          Generate <kbd>Ctrl ↵</kbd>
        </button>
      </div>
    </form>
  );
}

const SIZES = ["16", "24", "32", "48", "64", "96"];

function SizeChips({ form }: { form: Form }) {
  const { width, height } = form.state.values;
  return (
    <fieldset class="chips wide" aria-label="Square size">
      {SIZES.map((size) => (
        <button
          key={size}
          type="button"
          class="chip"
          aria-pressed={width === size && height === size}
          onClick={() => {
            const isChosen = width === size && height === size;
            form.setValue("width", isChosen ? "" : size);
            form.setValue("height", isChosen ? "" : size);
          }}
        >
          {size}
        </button>
      ))}
    </fieldset>
  );
}

function Seed({ form }: { form: Form }) {
  const { seed, seedLocked } = form.state;
  const error = form.errors.seed;
  return (
    <div class={`field wide ${error ? "bad" : ""}`}>
      <label for="field-seed">Seed</label>
      <span class="joined">
        <input
          id="field-seed"
          type="text"
          inputMode="numeric"
          autocomplete="off"
          placeholder="chosen for you"
          class={seedLocked ? "" : "open"}
          value={seed}
          aria-describedby={error ? "seed-error" : undefined}
          onInput={({ currentTarget: { value } }) => form.change({ seed: value, seedLocked: value !== "" })}
        />
        <button
          type="button"
          class="small"
          aria-pressed={seedLocked}
          aria-label="Lock the seed"
          title={seedLocked ? "The seed stays (L)" : "A new seed each time (L)"}
          onClick={() => form.change({ seedLocked: !seedLocked && seed !== "" })}
        >
          <Icon name={seedLocked ? "lock" : "open"} />
        </button>
        <button
          type="button"
          class="small"
          aria-label="Roll a new seed"
          title="A new seed (R)"
          onClick={() => form.change({ seed: "", seedLocked: false })}
        >
          <Icon name="dice" />
        </button>
      </span>
      {error && (
        <small id="seed-error" class="error">
          {error}
        </small>
      )}
    </div>
  );
}
