import type { AssetManifest } from "../../../shared/asset.ts";
import { messageOf } from "../../client/problem.ts";
import { fileUrl, type LoadedAsset } from "../api/assets.ts";
import { download } from "../api/client.ts";
import type { Actions } from "../hooks/use-studio.ts";
import { checksInWords } from "../pure/checks-in-words.ts";
import { enginesOf, has, type Kind } from "../pure/kind.ts";
import { canVary } from "../pure/repeat-request.ts";
import { AcceptPanel } from "./accept-panel.tsx";

/** What can be done with the chosen image. */
export interface ImageActions extends Actions {
  pin(): void;
  say(text: string): void;
}

export interface DetailsProps {
  kinds: readonly Kind[];
  asset: LoadedAsset | null;
  selected: number;
  isPinned: boolean;
  actions: ImageActions;
}

/** All about the asset that is looked at: what to do with it, its checks, colors, origin and files. */
export function Details({ kinds, asset, selected, isPinned, actions }: DetailsProps) {
  if (!asset)
    return <p class="empty">What a result is made of, and what was measured on it, will stand here.</p>;
  const { manifest } = asset;
  const image = manifest.images[selected];
  const file = asset.sheet === null ? image?.file : manifest.files.find(({ role }) => role === "sheet")?.path;
  const save = (name: string): void => {
    download(fileUrl(manifest.id, name), name).catch((error) => actions.say(messageOf(error)));
  };
  const kind = kinds.find(({ id }) => id === manifest.kind);
  return (
    <div class="details">
      <div class="actions">
        {kind && canVary(kind) && (
          <button type="button" onClick={actions.vary} title="Four images near this one (V)">
            Variation
          </button>
        )}
        {manifest.tileset === undefined && (
          <button type="button" onClick={actions.startFrom} title="Start from this image (U)">
            Use as start
          </button>
        )}
        <button type="button" onClick={actions.reuse} title="Put its request back into the form (E)">
          Edit request
        </button>
        {kind && has(kind, "seed") && (
          <button type="button" onClick={actions.again} title="The same request with a new seed (N)">
            New seed
          </button>
        )}
        <button type="button" aria-pressed={isPinned} onClick={actions.pin} title="Put aside to compare (C)">
          Compare
        </button>
        {file !== undefined && (
          <button type="button" onClick={() => save(file)} title="Download the PNG (D)">
            Download
          </button>
        )}
      </div>
      <AcceptPanel key={manifest.id} asset={asset} selected={selected} allEngines={enginesOf(kinds)} />
      <Checks manifest={manifest} />
      <Notes manifest={manifest} />
      <section>
        <h3>Colors</h3>
        <ul class="swatches flat" aria-label="Colors of the image">
          {(image?.colors ?? manifest.palette.colors).map((color) => (
            <li key={color} class="swatch" style={{ background: color }} title={color} />
          ))}
        </ul>
        <button type="button" class="small" onClick={actions.usePalette}>
          Use as palette
        </button>
      </section>
      <Origin manifest={manifest} selected={selected} />
      <section>
        <h3>Files</h3>
        <ul class="files">
          {manifest.files.map(({ path, bytes }) => (
            <li key={path}>
              <button type="button" class="link" onClick={() => save(path)}>
                {path}
              </button>
              <small>{sizeInWords(bytes)}</small>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function Checks({ manifest }: { manifest: AssetManifest }) {
  return (
    <section>
      <h3>Checks</h3>
      <dl class="checks">
        {checksInWords(manifest.checks, manifest.palette.locked).map(({ label, value, good, meaning }) => (
          <div key={label} class={good === null ? "fact" : good ? "good" : "bad"} title={meaning}>
            <dt>
              <span class="mark" aria-hidden="true">
                {good === null ? "·" : good ? "✓" : "!"}
              </span>
              {label}
            </dt>
            <dd>
              {value}
              <span class="unseen">
                {good === null ? "" : good ? " (good)" : " (not good)"}. {meaning}
              </span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Notes({ manifest: { warnings, ignored_parameters: ignored } }: { manifest: AssetManifest }) {
  if (warnings.length + ignored.length === 0) return null;
  return (
    <section>
      <h3>Notes</h3>
      <ul class="notes">
        {warnings.map((warning) => (
          <li key={warning}>{warning}</li>
        ))}
        {ignored.map(({ name, reason }) => (
          <li key={name}>
            <code>{name}</code> was ignored: {reason}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Origin({ manifest, selected }: { manifest: AssetManifest; selected: number }) {
  const { provenance, request } = manifest;
  const { model, source } = provenance;
  const image = manifest.images[selected];
  const exemplars = (asOne(manifest) ? undefined : image?.exemplars) ?? provenance.exemplars;
  const seed = image?.seed ?? provenance.seed;
  return (
    <section>
      <h3>Origin and license</h3>
      <dl class="facts">
        {provenance.prompt && <Fact label="Prompt" value={provenance.prompt} />}
        {seed !== null && <Fact label="Seed" value={String(seed)} />}
        {typeof request.steps === "number" && <Fact label="Steps" value={String(request.steps)} />}
        {model && <Fact label="Model" value={`${model.id} (${model.license ?? "license unknown"})`} />}
        {model && model.training_data_licenses.length > 0 && (
          <Fact label="Trained on" value={model.training_data_licenses.join(", ")} />
        )}
        {source && (
          <Fact
            label="From"
            value={`${source.format}, ${source.width}×${source.height}: its license is its owner's`}
          />
        )}
        {exemplars.map((one) => (
          <Fact key={one.id} label="Started from" value={`${one.caption}: ${one.source}, ${one.license}`} />
        ))}
        <Fact label="Made by" value={provenance.generator} />
      </dl>
    </section>
  );
}

function asOne({ tileset, animation }: AssetManifest): boolean {
  return tileset !== undefined || animation !== undefined;
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function sizeInWords(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} KiB`;
}
