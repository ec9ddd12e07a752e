import { useLayoutEffect, useRef } from "preact/hooks";
import { wholeScale } from "../pure/integer-scale.ts";
import type { Pixels } from "../pure/pixels.ts";

export interface PixelCanvasProps {
  pixels: Pixels;
  /** CSS pixels of one art pixel; rounded to whole device pixels. */
  scale: number;
  /** What a person who does not see it hears; "" where the text beside says it. */
  label: string;
  class?: string;
}

/** Draws a picture with hard edges: each art pixel is the same whole number of device pixels. */
export function PixelCanvas({ pixels, scale, label, class: name = "" }: PixelCanvasProps) {
  const ref = useRef<HTMLCanvasElement>(null);
  const { device, css } = wholeScale(scale, devicePixelRatio);
  useLayoutEffect(() => {
    const context = ref.current?.getContext("2d");
    if (context) drawPixels(context, pixels, { x: 0, y: 0, scale: device });
  }, [pixels, device]);
  const { width, height } = pixels;
  return (
    <canvas
      ref={ref}
      class={`pixels ${name}`}
      width={width * device}
      height={height * device}
      style={{ width: `${width * css}px`, height: `${height * css}px` }}
      role="img"
      aria-label={label}
      aria-hidden={label === "" ? true : undefined}
    />
  );
}

export interface Placement {
  x: number;
  y: number;
  /** Device pixels of one art pixel. */
  scale: number;
}

/** Draws pixels at a place of a canvas, in device pixels, after clearing what was there. */
export function drawPixels(
  context: CanvasRenderingContext2D,
  pixels: Pixels,
  { x, y, scale }: Placement,
): void {
  const { width, height, data } = pixels;
  const native = new OffscreenCanvas(width, height);
  native.getContext("2d")?.putImageData(new ImageData(data, width, height), 0, 0);
  context.imageSmoothingEnabled = false;
  context.clearRect(x, y, width * scale, height * scale);
  context.drawImage(native, x, y, width * scale, height * scale);
}
