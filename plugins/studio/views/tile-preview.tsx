import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { useKeys } from "../hooks/use-keys.ts";
import { useSize } from "../hooks/use-size.ts";
import { fitScale, wholeScale } from "../pure/integer-scale.ts";
import { type Pixels, shrink } from "../pure/pixels.ts";
import { type SeamHeat, seamHeat } from "../pure/seam-heat.ts";
import { drawPixels } from "./pixel-canvas.tsx";

export interface TilePreviewProps {
  tile: Pixels;
  /** Image pixels of one art pixel: seams are measured on art pixels. */
  enlarged: number;
}

/** A picture repeated 3 x 3 or 5 x 5 times, and how hard its joints are. */
export function TilePreview({ tile: given, enlarged }: TilePreviewProps) {
  const { ref, width, height } = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [times, setTimes] = useState<3 | 5>(3);
  const [isHot, setHot] = useState(false);
  const tile = useMemo(() => shrink(given, enlarged), [given, enlarged]);
  const heat = useMemo(() => seamHeat(tile), [tile]);
  const whole = { width: tile.width * times, height: tile.height * times };
  const { device, css } = wholeScale(
    fitScale(whole, { width: width - 32, height: height - 32 }, 12),
    devicePixelRatio,
  );
  useKeys({ h: () => setHot(!isHot), m: () => setTimes(times === 3 ? 5 : 3) });
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || width === 0) return;
    const [stepX, stepY] = [tile.width * device, tile.height * device];
    for (let row = 0; row < times; row++)
      for (let column = 0; column < times; column++)
        drawPixels(context, tile, { x: column * stepX, y: row * stepY, scale: device });
    if (isHot) drawHeat(context, heat, { tile, times, device });
  }, [tile, heat, times, device, isHot, width]);
  return (
    <div class="single">
      <div ref={ref} class="single-box">
        <canvas
          ref={canvas}
          class="pixels"
          width={whole.width * device}
          height={whole.height * device}
          style={{ width: `${whole.width * css}px`, height: `${whole.height * css}px` }}
          role="img"
          aria-label={`The image ${times} by ${times} times. ${seamWords(heat)}`}
        />
      </div>
      <div class="view-tools">
        {([3, 5] as const).map((count) => (
          <button
            key={count}
            type="button"
            class="small"
            aria-pressed={times === count}
            onClick={() => setTimes(count)}
          >
            {count}×{count}
          </button>
        ))}
        <button type="button" class="small" aria-pressed={isHot} onClick={() => setHot(!isHot)}>
          Seam heat
        </button>
        <span class="legend" aria-hidden="true" />
        <code class="under">{seamWords(heat)}</code>
      </div>
    </div>
  );
}

function seamWords({ ratioX, ratioY }: SeamHeat): string {
  const text = (ratio: number): string => (Number.isFinite(ratio) ? ratio.toFixed(2) : "hard");
  return `seam x ${text(ratioX)}, y ${text(ratioY)}`;
}

interface HeatOptions {
  tile: Pixels;
  times: number;
  device: number;
}

/** Marks both pixels of each joint around the middle tile: green is calm, red steps at least four times too hard. */
function drawHeat(
  context: CanvasRenderingContext2D,
  heat: SeamHeat,
  { tile, times, device }: HeatOptions,
): void {
  const middle = Math.floor(times / 2);
  const [left, top] = [middle * tile.width * device, middle * tile.height * device];
  const [right, bottom] = [left + tile.width * device, top + tile.height * device];
  heat.right.forEach((value, y) => {
    context.fillStyle = heatColor(value);
    for (const x of [left, right]) context.fillRect(x - device, top + y * device, 2 * device, device);
  });
  heat.bottom.forEach((value, x) => {
    context.fillStyle = heatColor(value);
    for (const y of [top, bottom]) context.fillRect(left + x * device, y - device, device, 2 * device);
  });
}

function heatColor(value: number): string {
  return `hsl(${Math.round(130 * (1 - value))} 90% 50% / ${(0.35 + 0.6 * value).toFixed(2)})`;
}
