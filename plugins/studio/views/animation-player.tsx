import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Frame } from "../api/assets.ts";
import { useKeys } from "../hooks/use-keys.ts";
import { useSize } from "../hooks/use-size.ts";
import { fitScale, wholeScale } from "../pure/integer-scale.ts";
import { Icon } from "./icon.tsx";
import { drawPixels, PixelCanvas } from "./pixel-canvas.tsx";

const SPEEDS = [0.25, 0.5, 1, 2] as const;

/** Plays the frames of one tag: pause, steps, speed, onion skin, and the time of each frame. */
export function AnimationPlayer({ frames: all }: { frames: readonly Frame[] }) {
  const tags = [...new Set(all.map((frame) => frame.tag))];
  const [tag, setTag] = useState(tags[0] ?? "");
  const [isOnion, setOnion] = useState(false);
  const [speed, setSpeed] = useState<number>(1);
  const frames = all.filter((frame) => frame.tag === tag);
  const { at, isPlaying, setPlaying, step, goTo } = usePlayback(frames, speed);
  useKeys({
    " ": () => setPlaying(!isPlaying),
    ",": () => step(-1),
    ".": () => step(1),
    o: () => setOnion(!isOnion),
  });
  return (
    <div class="single">
      <FrameView frames={frames} at={at} isOnion={isOnion} />
      <div class="view-tools">
        <button type="button" class="small" aria-label="Frame before" onClick={() => step(-1)}>
          <Icon name="back" size={10} />
        </button>
        <button
          type="button"
          class="small"
          aria-label={isPlaying ? "Pause" : "Play"}
          onClick={() => setPlaying(!isPlaying)}
        >
          <Icon name={isPlaying ? "pause" : "play"} size={10} />
        </button>
        <button type="button" class="small" aria-label="Next frame" onClick={() => step(1)}>
          <Icon name="next" size={10} />
        </button>
        <fieldset class="joined" aria-label="Speed">
          {SPEEDS.map((one) => (
            <button
              key={one}
              type="button"
              class="small"
              aria-pressed={one === speed}
              onClick={() => setSpeed(one)}
            >
              {one}×
            </button>
          ))}
        </fieldset>
        <button type="button" class="small" aria-pressed={isOnion} onClick={() => setOnion(!isOnion)}>
          Onion skin
        </button>
        {tags.length > 1 && (
          <select
            aria-label="Action and direction"
            value={tag}
            onChange={(event) => setTag(event.currentTarget.value)}
          >
            {tags.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        )}
        <code class="under">
          {at + 1} of {frames.length}, {frames[at]?.ms ?? 0} ms
        </code>
      </div>
      <ol class="filmstrip" aria-label="Frames">
        {frames.map((frame, i) => (
          <li key={`${tag}/${String(i)}`}>
            <button
              type="button"
              class="bare"
              aria-current={i === at}
              aria-label={`Frame ${i + 1}, ${frame.ms} ms`}
              onClick={() => goTo(i)}
            >
              <PixelCanvas
                pixels={frame.pixels}
                scale={fitScale(frame.pixels, { width: 64, height: 64 }, 2)}
                label=""
              />
              <small>{frame.ms}</small>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

interface FrameViewProps {
  frames: readonly Frame[];
  at: number;
  isOnion: boolean;
}

function FrameView({ frames, at, isOnion }: FrameViewProps) {
  const { ref, width, height } = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = frames[at];
  const size = frame?.pixels ?? { width: 1, height: 1 };
  const { device, css } = wholeScale(
    fitScale(size, { width: width - 32, height: height - 32 }),
    devicePixelRatio,
  );
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || !frame) return;
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    // Neighbors shine through behind: the one before red, the next one blue, as animators have them.
    if (isOnion && frames.length > 1) {
      drawGhost(context, frames.at(at - 1), device, "#e0442e");
      drawGhost(context, frames[(at + 1) % frames.length], device, "#2e7fe0");
    }
    const native = new OffscreenCanvas(size.width, size.height);
    native.getContext("2d")?.putImageData(new ImageData(frame.pixels.data, size.width, size.height), 0, 0);
    context.imageSmoothingEnabled = false;
    context.globalAlpha = isOnion ? 0.85 : 1;
    context.drawImage(native, 0, 0, size.width * device, size.height * device);
    context.globalAlpha = 1;
  }, [frame, isOnion, device, width]);
  return (
    <div ref={ref} class="single-box">
      <canvas
        ref={canvas}
        class="pixels"
        width={size.width * device}
        height={size.height * device}
        style={{ width: `${size.width * css}px`, height: `${size.height * css}px` }}
        role="img"
        aria-label={`Frame ${at + 1} of ${frames.length}`}
      />
    </div>
  );
}

function drawGhost(
  context: CanvasRenderingContext2D,
  frame: Frame | undefined,
  device: number,
  color: string,
): void {
  if (!frame) return;
  const { width, height } = frame.pixels;
  const ghost = new OffscreenCanvas(width * device, height * device);
  const inner = ghost.getContext("2d");
  if (!inner) return;
  drawPixels(inner as unknown as CanvasRenderingContext2D, frame.pixels, { x: 0, y: 0, scale: device });
  inner.globalCompositeOperation = "source-atop";
  inner.fillStyle = color;
  inner.fillRect(0, 0, ghost.width, ghost.height);
  context.globalAlpha = 0.3;
  context.drawImage(ghost, 0, 0);
  context.globalAlpha = 1;
}

interface Playback {
  at: number;
  isPlaying: boolean;
  setPlaying: (isPlaying: boolean) => void;
  /** Moves by frames and pauses. */
  step: (by: number) => void;
  goTo: (index: number) => void;
}

/** Shows each frame for its own time. Starts paused where the person wants less motion. */
function usePlayback(frames: readonly Frame[], speed: number): Playback {
  const [index, setIndex] = useState(0);
  const [isPlaying, setPlaying] = useState(() => !matchMedia("(prefers-reduced-motion: reduce)").matches);
  const at = Math.min(index, frames.length - 1);
  const ms = frames[at]?.ms ?? 125;
  useEffect(() => {
    if (!isPlaying || frames.length < 2) return;
    const timer = setTimeout(() => setIndex((at + 1) % frames.length), ms / speed);
    return () => clearTimeout(timer);
  }, [isPlaying, at, ms, speed, frames.length]);
  const goTo = (next: number): void => {
    setPlaying(false);
    setIndex(next);
  };
  return { at, isPlaying, setPlaying, goTo, step: (by) => goTo((at + by + frames.length) % frames.length) };
}
