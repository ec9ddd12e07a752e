import { useState } from "preact/hooks";
import { useKeys } from "../hooks/use-keys.ts";
import { useSize } from "../hooks/use-size.ts";
import { fitScale } from "../pure/integer-scale.ts";
import type { Pixels } from "../pure/pixels.ts";
import { PixelCanvas } from "./pixel-canvas.tsx";

/** One picture as large as fits, with the color under the pointer and the grid of its pixels. */
export function SingleView({ pixels }: { pixels: Pixels }) {
  const { ref, width, height } = useSize<HTMLDivElement>();
  const [zoom, setZoom] = useState<number | null>(null);
  const [isGrid, setGrid] = useState(false);
  const [under, setUnder] = useState("");
  const fit = fitScale(pixels, { width: width - 48, height: height - 48 }, 32);
  const scale = zoom ?? fit;
  const setScale = (next: number): void => setZoom(Math.max(1, Math.min(40, next)));
  useKeys({
    "+": () => setScale(scale + 1),
    "=": () => setScale(scale + 1),
    "-": () => setScale(scale - 1),
    "0": () => setZoom(null),
    g: () => setGrid(!isGrid),
  });
  const onMove = (event: PointerEvent): void => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const x = Math.floor(((event.clientX - box.left) / box.width) * pixels.width);
    const y = Math.floor(((event.clientY - box.top) / box.height) * pixels.height);
    setUnder(describePixel(pixels, x, y));
  };
  return (
    <div class="single">
      <div ref={ref} class="single-box">
        {width > 0 && (
          <div
            class={`single-picture ${isGrid && scale >= 4 ? "gridded" : ""}`}
            style={{ "--pixel": `${scale}px` }}
            onPointerMove={onMove}
            onPointerLeave={() => setUnder("")}
          >
            <PixelCanvas pixels={pixels} scale={scale} label="The chosen image" />
          </div>
        )}
      </div>
      <div class="view-tools">
        <button type="button" class="small" onClick={() => setScale(scale - 1)} aria-label="Smaller">
          −
        </button>
        <output class="number" aria-label="Zoom">
          {scale}×
        </output>
        <button type="button" class="small" onClick={() => setScale(scale + 1)} aria-label="Larger">
          +
        </button>
        <button type="button" class="small" onClick={() => setZoom(null)} aria-pressed={zoom === null}>
          Fit
        </button>
        <button type="button" class="small" aria-pressed={isGrid} onClick={() => setGrid(!isGrid)}>
          Pixel grid
        </button>
        <code class="under">{under}</code>
      </div>
    </div>
  );
}

function describePixel({ width, height, data }: Pixels, x: number, y: number): string {
  if (x < 0 || y < 0 || x >= width || y >= height) return "";
  const at = (y * width + x) * 4;
  if (data[at + 3] === 0) return `${x}, ${y}  clear`;
  const hex = [...data.subarray(at, at + 3)].map((value) => value.toString(16).padStart(2, "0")).join("");
  return `${x}, ${y}  #${hex}`;
}
