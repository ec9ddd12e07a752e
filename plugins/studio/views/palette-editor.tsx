import { useRef, useState } from "preact/hooks";
import type { PaletteInfo } from "../../../shared/answers.ts";
import { saveBlob } from "../api/client.ts";
import type { PaletteChoice } from "../pure/form-state.ts";
import { formatPalette, PALETTE_FORMATS } from "../pure/format-palette.ts";
import { parsePalette } from "../pure/parse-palette.ts";
import { FieldError } from "./field-control.tsx";
import { Icon } from "./icon.tsx";

export interface PaletteEditorProps {
  palettes: readonly PaletteInfo[];
  palette: PaletteChoice;
  error: string | undefined;
  onChange: (palette: PaletteChoice) => void;
}

const OWN = " own";

/** The palette of the request: none, a named one, or one's own, which can be edited, imported and exported. */
export function PaletteEditor({ palettes, palette, error, onChange }: PaletteEditorProps) {
  const [note, setNote] = useState("");
  const named = palette.kind === "named" ? palettes.find(({ name }) => name === palette.name) : undefined;
  const colors = palette.kind === "own" ? palette.colors : (named?.colors ?? []);
  const setColors = (next: string[]): void =>
    onChange(next.length === 0 ? { kind: "free" } : { kind: "own", colors: next });
  const take = (text: string): void => {
    const read = parsePalette(text);
    if (read.kind === "error") {
      setNote(read.message);
      return;
    }
    setNote(
      `${read.palette.colors.length} colors${read.palette.name ? ` of ${read.palette.name}` : ""} imported.`,
    );
    onChange({ kind: "own", colors: read.palette.colors });
  };
  return (
    <div class={`field wide ${error ? "bad" : ""}`}>
      <label for="palette">Palette</label>
      <select
        id="palette"
        value={palette.kind === "named" ? palette.name : palette.kind === "own" ? OWN : ""}
        aria-describedby="palette-note"
        onChange={({ currentTarget: { value } }) =>
          onChange(
            value === ""
              ? { kind: "free" }
              : value === OWN
                ? { kind: "own", colors }
                : { kind: "named", name: value },
          )
        }
      >
        <option value="">free colors</option>
        {palette.kind === "own" && <option value={OWN}>own palette ({colors.length})</option>}
        {palettes.map(({ name, title, colors: all }) => (
          <option key={name} value={name}>
            {title} ({all.length})
          </option>
        ))}
      </select>
      <Swatches colors={colors} onChange={setColors} />
      <PaletteTools
        colors={colors}
        name={named?.title ?? null}
        onText={take}
        onAdd={(color) => setColors([...new Set([...colors, color])])}
      />
      <small id="palette-note" class="help" role="status">
        {note || named?.source || ""}
      </small>
      <FieldError id="palette" error={error} />
    </div>
  );
}

interface SwatchesProps {
  colors: readonly string[];
  onChange: (colors: string[]) => void;
}

/** The colors as squares: arrow keys with Shift reorder, Delete removes; dragging does the same with a mouse. */
function Swatches({ colors, onChange }: SwatchesProps) {
  const [chosen, setChosen] = useState(-1);
  const dragged = useRef(-1);
  const move = (from: number, to: number): void => {
    const color = colors[from];
    if (color === undefined || to < 0 || to >= colors.length) return;
    const rest = colors.filter((_, i) => i !== from);
    onChange([...rest.slice(0, to), color, ...rest.slice(to)]);
    setChosen(to);
  };
  const remove = (index: number): void => onChange(colors.filter((_, i) => i !== index));
  const onKey = (event: KeyboardEvent, index: number): void => {
    const by = event.key === "ArrowLeft" ? -1 : event.key === "ArrowRight" ? 1 : 0;
    if (by !== 0 && event.shiftKey) move(index, index + by);
    else if (by !== 0) focusSibling(event.currentTarget, by);
    else if (event.key === "Delete" || event.key === "Backspace") remove(index);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  if (colors.length === 0) return null;
  return (
    <ul class="swatches" aria-label="Colors: Shift and an arrow moves one, Delete removes it">
      {colors.map((color, i) => (
        <li key={color}>
          <button
            type="button"
            class="swatch"
            style={{ background: color }}
            title={color}
            aria-label={`Color ${color}`}
            aria-pressed={chosen === i}
            draggable
            onClick={() => setChosen(chosen === i ? -1 : i)}
            onKeyDown={(event) => onKey(event, i)}
            onDragStart={() => {
              dragged.current = i;
            }}
            onDragOver={(event) => event.preventDefault()}
            onDrop={() => move(dragged.current, i)}
          />
        </li>
      ))}
      {colors[chosen] !== undefined && (
        <li class="swatch-tools">
          <code>{colors[chosen]}</code>
          <button type="button" class="small" onClick={() => move(chosen, chosen - 1)} aria-label="Move left">
            ‹
          </button>
          <button
            type="button"
            class="small"
            onClick={() => move(chosen, chosen + 1)}
            aria-label="Move right"
          >
            ›
          </button>
          <button
            type="button"
            class="small"
            onClick={() => {
              remove(chosen);
              setChosen(-1);
            }}
            aria-label={`Remove ${colors[chosen]}`}
          >
            <Icon name="close" size={8} />
          </button>
        </li>
      )}
    </ul>
  );
}

function focusSibling(from: EventTarget | null, by: number): void {
  const item = (from as Element).closest("li");
  const other = by < 0 ? item?.previousElementSibling : item?.nextElementSibling;
  other?.querySelector("button")?.focus();
}

interface PaletteToolsProps {
  colors: readonly string[];
  name: string | null;
  onText: (text: string) => void;
  onAdd: (color: string) => void;
}

function PaletteTools({ colors, name, onText, onAdd }: PaletteToolsProps) {
  const [picked, setPicked] = useState("#f0a35e");
  const file = useRef<HTMLInputElement>(null);
  return (
    <div class="row tools">
      <span class="joined">
        <input
          type="color"
          aria-label="Color to add"
          value={picked}
          onInput={(event) => setPicked(event.currentTarget.value)}
        />
        <button
          type="button"
          class="small"
          onClick={() => onAdd(picked)}
          aria-label={`Add ${picked} to the palette`}
        >
          <Icon name="plus" size={8} /> Add
        </button>
      </span>
      <button type="button" class="small" onClick={() => file.current?.click()}>
        Import
      </button>
      <input
        ref={file}
        type="file"
        class="hidden"
        tabIndex={-1}
        accept=".gpl,.pal,.hex,.txt,.json"
        aria-label="Palette file: .gpl, .pal, .hex, .txt or .json"
        onChange={async ({ currentTarget }) => {
          const first = currentTarget.files?.[0];
          if (first) onText(await first.text());
          currentTarget.value = "";
        }}
      />
      {colors.length > 0 && (
        <select
          class="small"
          aria-label="Export the palette"
          value=""
          onChange={({ currentTarget }) => {
            const format = PALETTE_FORMATS.find((one) => one === currentTarget.value);
            currentTarget.value = "";
            if (!format) return;
            const text = formatPalette({ name, colors: [...colors] }, format);
            saveBlob(new Blob([text], { type: "text/plain" }), `palette.${format}`);
          }}
        >
          <option value="">Export</option>
          {PALETTE_FORMATS.map((format) => (
            <option key={format} value={format}>
              .{format}
            </option>
          ))}
        </select>
      )}
      <input
        class="paste"
        type="text"
        aria-label="Paste hex colors"
        placeholder="paste hex"
        autocomplete="off"
        onPaste={(event) => {
          event.preventDefault();
          onText(event.clipboardData?.getData("text") ?? "");
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          onText(event.currentTarget.value);
          event.currentTarget.value = "";
        }}
      />
    </div>
  );
}
