import { describe, expect, test } from "vitest";
import { drawEffect, drawPeak, TURNS } from "../../service/effects/draw-effect.ts";
import type { EffectDrawing } from "../../service/effects/effect.ts";
import { EFFECTS } from "../../service/effects/effect-table.ts";
import { NO_TURN } from "../../service/effects/ink.ts";
import { RAMPS } from "../../service/effects/ramps.ts";
import { drawnBounds, equalImages, type PixelImage } from "../../service/pixel/image.ts";
import { EFFECT_SIZES } from "../../shared/effect.ts";

const all: [string, EffectDrawing][] = Object.entries(EFFECTS);
const ramp = RAMPS.fire;
const draw = (effect: EffectDrawing, size: number, seed = 3) =>
  drawEffect(effect, { size, ramp, seed, turn: NO_TURN }, effect.frames);

/** Share of the drawn pixels of two frames that differ. */
function change(a: PixelImage, b: PixelImage): number {
  let drawn = 0;
  let changed = 0;
  for (let i = 0; i < a.data.length; i += 4) {
    if (a.data[i + 3] === 0 && b.data[i + 3] === 0) continue;
    drawn++;
    if ([0, 1, 2, 3].some((k) => a.data[i + k] !== b.data[i + k])) changed++;
  }
  return changed / Math.max(1, drawn);
}

function touchesBorder({ width, height, data }: PixelImage): boolean {
  const isDrawn = (x: number, y: number) => data[4 * (y * width + x) + 3] !== 0;
  return Array.from({ length: width }, (_, i) => i).some(
    (i) => isDrawn(i, 0) || isDrawn(i, height - 1) || isDrawn(0, i) || isDrawn(width - 1, i),
  );
}

describe.each(all)("%s", (_, effect) => {
  test.each(EFFECT_SIZES)(
    "at %i pixels: frames that differ, in colors of the ramp, opaque or clear",
    (size) => {
      const frames = draw(effect, size);
      const colors = new Set<number>(ramp);
      for (const [i, frame] of frames.entries()) {
        const next = frames[i + 1];
        if (next) expect(equalImages(frame, next), `${i}`).toBe(false);
        let drawn = 0;
        for (let p = 0; p < frame.data.length; p += 4) {
          const [r, g, b, alpha] = frame.data.subarray(p, p + 4);
          if (alpha === 0) continue;
          drawn++;
          if (alpha !== 255 || !colors.has((r! << 16) | (g! << 8) | b!)) expect.fail(`frame ${i}, byte ${p}`);
        }
        expect(drawn, `frame ${i}`).toBeGreaterThan(1);
        if (!effect.tiles) expect(touchesBorder(frame), `frame ${i}`).toBe(false);
      }
    },
  );

  test("is the same for one seed, and another for another", () => {
    const [one, again, other] = [draw(effect, 48), draw(effect, 48), draw(effect, 48, 4)];
    expect(one.every((frame, i) => equalImages(frame, again[i]!))).toBe(true);
    expect(one.every((frame, i) => equalImages(frame, other[i]!))).toBe(false);
  });

  test("has a moment that shows it", () => {
    const peak = drawPeak(effect, { size: 32, ramp, seed: 3, turn: NO_TURN });
    const drawn = peak.data.filter((value, i) => i % 4 === 3 && value > 0).length;
    expect(drawn).toBeGreaterThan(20);
  });
});

describe.each(all.filter(([, { loop }]) => loop))("%s loops", (_, effect) => {
  test("without a jump: the step back to the start is like the others", () => {
    const frames = drawEffect(effect, { size: 64, ramp, seed: 3, turn: NO_TURN }, 2 * effect.frames);
    const steps = frames.map((frame, i) => change(frame, frames[(i + 1) % frames.length]!));
    const largest = Math.max(...steps.slice(0, -1));
    expect(steps.at(-1)).toBeLessThanOrEqual(1.15 * largest);
  });
});

describe.each(all.filter(([, { tiles }]) => tiles))("%s tiles", (_, effect) => {
  test("so what is drawn goes on over the edges", () => {
    const frames = draw(effect, 32);
    const onEdge = frames.filter(touchesBorder);
    expect(onEdge.length).toBeGreaterThan(frames.length / 2);
  });
});

describe.each(all.filter(([, { directed }]) => directed))("%s points somewhere", (_, effect) => {
  const at = (direction: string) => drawPeak(effect, { size: 48, ramp, seed: 3, turn: TURNS[direction]! });

  test("west mirrors east, and no two directions are alike", () => {
    const [east, west] = [at("east"), at("west")];
    const [left, right] = [drawnBounds(east)!, drawnBounds(west)!];
    expect(Math.abs(48 - left.x - left.width - right.x)).toBeLessThanOrEqual(1);
    expect(Math.abs(left.y - right.y)).toBeLessThanOrEqual(1);
    const pictures = Object.keys(TURNS).map(at);
    for (const [i, one] of pictures.entries())
      for (const other of pictures.slice(i + 1)) expect(equalImages(one, other)).toBe(false);
  });
});
