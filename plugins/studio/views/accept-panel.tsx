import { useState } from "preact/hooks";
import type { LoadedAsset } from "../api/assets.ts";
import { type Outcome, useAccept } from "../hooks/use-accept.ts";
import { FieldError } from "./field-control.tsx";

export interface AcceptPanelProps {
  asset: LoadedAsset;
  selected: number;
  /** That can be delivered to. */
  allEngines: readonly string[];
}

/** Puts the asset into the game project: folder, name, engines. What was written is listed. */
export function AcceptPanel({ asset: { manifest, images }, selected, allEngines }: AcceptPanelProps) {
  const [dir, setDir] = useState("pixelkiln");
  const [name, setName] = useState(manifest.name);
  const [engines, setEngines] = useState<readonly string[]>([]);
  const [onlyThis, setOnlyThis] = useState(true);
  const { outcome, accept } = useAccept(manifest.id);
  const hasSeveral = images.length > 1;
  const errors = outcome.kind === "refused" ? outcome.fields : {};
  return (
    <section class="accept">
      <h3>Accept into the project</h3>
      <form
        class="grid"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void accept({ dir, name, engines, index: hasSeveral && onlyThis ? selected : null });
        }}
      >
        <Line id="accept-dir" label="Folder" value={dir} error={errors.dir} onInput={setDir} />
        <Line id="accept-name" label="Name" value={name} error={errors.name} onInput={setName} />
        <Engines all={allEngines} engines={engines} onChange={setEngines} />
        {hasSeveral && (
          <label class="tick wide">
            <input
              type="checkbox"
              name="only-this"
              checked={onlyThis}
              onChange={(event) => setOnlyThis(event.currentTarget.checked)}
            />
            Only this image of {images.length}
          </label>
        )}
        <button type="submit" class="wide go" disabled={outcome.kind === "busy"} title="A">
          {outcome.kind === "busy" ? "Writing…" : "Accept"}
        </button>
      </form>
      <Result outcome={outcome} />
    </section>
  );
}

function Result({ outcome }: { outcome: Outcome }) {
  return (
    <div role="status">
      {outcome.kind === "done" && (
        <ul class="written" aria-label="Files in the project">
          {outcome.files.map((file) => (
            <li key={file}>{file}</li>
          ))}
        </ul>
      )}
      {outcome.kind === "refused" && <p class="error">{outcome.message}</p>}
    </div>
  );
}

interface EnginesProps {
  all: readonly string[];
  engines: readonly string[];
  onChange: (engines: readonly string[]) => void;
}

function Engines({ all, engines, onChange }: EnginesProps) {
  return (
    <fieldset class="wide many">
      <legend>Engines</legend>
      {all.map((engine) => (
        <label class="tick" key={engine}>
          <input
            type="checkbox"
            name={`engine-${engine}`}
            checked={engines.includes(engine)}
            onChange={({ currentTarget: { checked } }) =>
              onChange(checked ? [...engines, engine] : engines.filter((one) => one !== engine))
            }
          />
          {engine}
        </label>
      ))}
      <small class="help">
        None: what the project is made with. Aseprite opens the PNG and the JSON of each.
      </small>
    </fieldset>
  );
}

interface LineProps {
  id: string;
  label: string;
  value: string;
  error: string | undefined;
  onInput: (value: string) => void;
}

function Line({ id, label, value, error, onInput }: LineProps) {
  return (
    <div class={`field ${error ? "bad" : ""}`}>
      <label for={id}>{label}</label>
      <input
        id={id}
        type="text"
        autocomplete="off"
        spellcheck={false}
        value={value}
        aria-describedby={error ? `${id}-error` : undefined}
        onInput={(event) => onInput(event.currentTarget.value)}
      />
      <FieldError id={id} error={error} />
    </div>
  );
}
