import { useState } from "preact/hooks";
import type { AcceptedAnswer } from "../../../shared/answers.ts";
import type { Job } from "../../../shared/job.ts";
import type { LoadedAsset } from "../api/assets.ts";
import { ApiError, getJson, messageOf, postJson } from "../api/client.ts";
import { isOpen } from "../hooks/use-jobs.ts";
import { CHOICES } from "../pure/choices.ts";
import type { ImageActions } from "./details.tsx";
import { FieldError } from "./field-control.tsx";

export interface AcceptPanelProps {
  asset: LoadedAsset;
  selected: number;
  actions: ImageActions;
}

/** How often the job of an accepted asset is asked after, in ms. */
const LOOK_MS = 300;

type Outcome =
  | { kind: "idle" }
  | { kind: "busy" }
  | { kind: "done"; files: string[] }
  | { kind: "refused"; message: string; fields: Readonly<Record<string, string>> };

/** Puts the asset into the game project: folder, name, engines. What was written is listed. */
export function AcceptPanel({ asset, selected, actions }: AcceptPanelProps) {
  const { manifest, images } = asset;
  const [dir, setDir] = useState("pixelkiln");
  const [name, setName] = useState(manifest.name);
  const [engines, setEngines] = useState<readonly string[]>([]);
  const [onlyThis, setOnlyThis] = useState(true);
  const [outcome, setOutcome] = useState<Outcome>({ kind: "idle" });
  const hasSeveral = images.length > 1;
  const errors = outcome.kind === "refused" ? outcome.fields : {};
  const accept = async (): Promise<void> => {
    setOutcome({ kind: "busy" });
    try {
      const { job_id: id } = await postJson<AcceptedAnswer>(`/v1/assets/${manifest.id}/accept`, {
        dir,
        name,
        ...(engines.length > 0 ? { engine: engines } : {}),
        ...(hasSeveral && onlyThis ? { index: selected } : {}),
        async: true,
      });
      const files = await writtenFiles(id);
      setOutcome({ kind: "done", files });
      actions.say(`${files.length} files are in the project.`);
    } catch (error) {
      setOutcome(refusal(error));
    }
  };
  return (
    <section class="accept">
      <h3>Accept into the project</h3>
      <form
        class="grid"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void accept();
        }}
      >
        <Line id="accept-dir" label="Folder" value={dir} error={errors.dir} onInput={setDir} />
        <Line id="accept-name" label="Name" value={name} error={errors.name} onInput={setName} />
        <fieldset class="wide many">
          <legend>Engines</legend>
          {CHOICES.engine.map((engine) => (
            <label class="tick" key={engine}>
              <input
                type="checkbox"
                name={`engine-${engine}`}
                checked={engines.includes(engine)}
                onChange={({ currentTarget: { checked } }) =>
                  setEngines(checked ? [...engines, engine] : engines.filter((one) => one !== engine))
                }
              />
              {engine}
            </label>
          ))}
          <small class="help">None: what the project is made with</small>
        </fieldset>
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
    </section>
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

/** Waits for the job and gives the files that it wrote. Its refusal is thrown as an ApiError. */
async function writtenFiles(jobId: string): Promise<string[]> {
  while (isOpen(await getJson<Job>(`/v1/jobs/${jobId}`)))
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  const { project_files: files } = await getJson<{ project_files: string[] }>(`/v1/jobs/${jobId}/result`);
  return files;
}

function refusal(error: unknown): Outcome {
  const list = error instanceof ApiError ? error.fields : [];
  const fields = Object.fromEntries(
    list.map(({ field, expected }) => [field.replace(/^output\./, ""), `Expected ${expected}.`]),
  );
  return { kind: "refused", message: messageOf(error), fields };
}
