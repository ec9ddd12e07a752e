import type { Gallery } from "../hooks/use-gallery.ts";
import { useSize } from "../hooks/use-size.ts";
import { gridFit } from "../pure/grid-fit.ts";
import { Icon } from "./icon.tsx";
import { PixelCanvas } from "./pixel-canvas.tsx";

/** Images that were put aside, all at one scale. */
export function CompareView({ gallery }: { gallery: Gallery }) {
  const { ref, width, height } = useSize<HTMLDivElement>();
  const { pins } = gallery;
  const largest = {
    width: Math.max(1, ...pins.map(({ pixels }) => pixels.width)),
    height: Math.max(1, ...pins.map(({ pixels }) => pixels.height)),
  };
  const fit = gridFit(Math.max(1, pins.length), largest, { width, height });
  return (
    <div ref={ref} class="grid-view">
      {pins.length === 0 && (
        <p class="empty">
          Nothing is put aside yet. Choose an image and press <kbd>C</kbd>: seeds, styles and palettes can be
          compared here side by side.
        </p>
      )}
      <ul
        class="results"
        aria-label="Compared images"
        style={{ gridTemplateColumns: `repeat(${fit.columns}, auto)` }}
      >
        {pins.map(({ key, assetId, index, pixels, seed, title }) => (
          <li key={key} class="compared">
            <button
              type="button"
              class="bare"
              title="Open it"
              onClick={() =>
                gallery.open(assetId).then(
                  () => gallery.select(index),
                  () => {},
                )
              }
            >
              <PixelCanvas pixels={pixels} scale={fit.scale} label={`${title}, seed ${seed ?? "none"}`} />
            </button>
            <span class="caption">
              {title} {seed ?? ""}
              <button
                type="button"
                class="bare"
                aria-label={`Take ${title} ${seed ?? ""} away`}
                onClick={() => gallery.unpin(key)}
              >
                <Icon name="close" size={8} />
              </button>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
