import { useEffect, useRef } from "preact/hooks";
import type { Kind } from "../pure/kind.ts";

/** Beside the numbers of the kinds. */
const KEYS: readonly (readonly [string, string])[] = [
  ["Ctrl + Enter", "Generate, also while typing"],
  ["← →", "The image before, the next one"],
  ["[ ]", "The view before, the next one"],
  ["Space", "Play or pause an animation; paint a terrain"],
  [", .", "One frame back, one frame on"],
  ["O", "Onion skin"],
  ["H  M", "Seam heat of a tiled image; more of it"],
  ["+ − 0", "Larger, smaller, fit"],
  ["C", "Put the image aside to compare, or back"],
  ["R  L", "A new seed; lock the seed"],
  ["V  N", "Variation; the same request with a new seed"],
  ["U  E", "Use as start; edit the request"],
  ["A  D", "Accept into the project; download"],
  ["P", "To the prompt"],
  ["X", "In the terrain painter: the other ground"],
  ["Esc", "Leave a text field; cancel the job that is waited for"],
];

export interface KeysDialogProps {
  kinds: readonly Kind[];
  isOpen: boolean;
  onClose: () => void;
}

/** Shows all keys. Esc closes it. */
export function KeysDialog({ kinds, isOpen, onClose }: KeysDialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (isOpen) ref.current?.showModal();
    else ref.current?.close();
  }, [isOpen]);
  return (
    <dialog ref={ref} aria-labelledby="keys-title" onClose={onClose}>
      <h2 id="keys-title">Keys</h2>
      <dl class="keys">
        {[...KEYS, kindKeys(kinds)].map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="small" onClick={onClose}>
        Close
      </button>
    </dialog>
  );
}

function kindKeys(kinds: readonly Kind[]): readonly [string, string] {
  return [`1 – ${kinds.length}`, `Kind: ${kinds.map(({ title }) => title.toLowerCase()).join(", ")}`];
}
