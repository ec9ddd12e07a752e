import { useEffect, useRef } from "preact/hooks";
import type { LoadedAsset } from "../api/assets.ts";
import type { Gallery } from "../hooks/use-gallery.ts";
import { useSize } from "../hooks/use-size.ts";
import { gridFit } from "../pure/grid-fit.ts";
import { PixelCanvas } from "./pixel-canvas.tsx";

export interface ResultGridProps {
  gallery: Gallery;
  asset: LoadedAsset;
}

/** All images of an asset side by side, as large as fits. Arrow keys move, Enter looks closer. */
export function ResultGrid({ gallery, asset }: ResultGridProps) {
  const { ref, width, height } = useSize<HTMLDivElement>();
  const chosen = useRef<HTMLButtonElement>(null);
  const { images, manifest } = asset;
  const first = images[0];
  const fit = first ? gridFit(images.length, first, { width, height }) : { columns: 1, scale: 1 };
  useEffect(() => {
    if (document.activeElement?.classList.contains("result")) chosen.current?.focus();
  }, [gallery.selected]);
  return (
    <div ref={ref} class="grid-view">
      {width > 0 && (
        <div
          class="results"
          role="listbox"
          aria-label="Images"
          aria-orientation="horizontal"
          style={{ gridTemplateColumns: `repeat(${fit.columns}, auto)` }}
        >
          {images.map((pixels, i) => {
            const info = manifest.images[i];
            return (
              <button
                // The order of an asset's images never changes.
                key={`${manifest.id}/${String(i)}`}
                ref={i === gallery.selected ? chosen : null}
                type="button"
                role="option"
                class="result"
                aria-selected={i === gallery.selected}
                tabIndex={i === gallery.selected ? 0 : -1}
                onClick={() => gallery.select(i)}
                onDblClick={() => gallery.show("single")}
              >
                <PixelCanvas
                  pixels={pixels}
                  scale={fit.scale}
                  label={`${manifest.name} ${i + 1}${info?.seed == null ? "" : `, seed ${info.seed}`}`}
                />
                <span class="caption" aria-hidden="true">
                  {info?.seed ?? ""}
                </span>
              </button>
            );
          })}
        </div>
      )}
    </div>
  );
}
