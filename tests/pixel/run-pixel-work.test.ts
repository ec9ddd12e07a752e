import { expect, test } from "vitest";
import { colorsOf } from "../../service/pixel/colors-of.ts";
import type { PixelTask, PixelWork } from "../../service/pixel/pixel-work.ts";
import { rotatePixels } from "../../service/pixel/rotate-pixels.ts";
import { runPixelWork } from "../../service/pixel/run-pixel-work.ts";
import { draw, GOBLIN, paint } from "./ascii-image.ts";

const goblin = draw(GOBLIN);
const workOf = (task: PixelTask, frames = [goblin]): PixelWork => ({
  frames,
  task,
  enlarge: 1,
  mostPixelColors: null,
  measure: { palette: null, tileX: false, tileY: false },
});
const turn = workOf({ task: "rotate", degrees: 90 });

/** Does work to its end; every step that it told. */
function run(work: PixelWork) {
  const seen: number[][] = [];
  const steps = runPixelWork(work);
  for (let next = steps.next(); ; next = steps.next()) {
    if (next.done) return { result: next.value, seen };
    seen.push([next.value.step, next.value.steps]);
  }
}

function refusal(work: PixelWork): unknown {
  try {
    run(work);
  } catch (error) {
    return error;
  }
  throw new Error("It was done.");
}

test("frames are worked on one by one, and measured, and each is told", () => {
  const { result, seen } = run(workOf({ task: "rotate", degrees: 90 }, [goblin, goblin]));
  expect(result.frames).toEqual([rotatePixels(goblin, 90), rotatePixels(goblin, 90)]);
  expect(result.colors[0]).toEqual(colorsOf(goblin));
  expect(result.checks).toMatchObject({ duplicate_images: 1, colors: 6 });
  expect(seen).toEqual([
    [0, 2],
    [1, 2],
    [2, 2],
    [2, 2],
  ]);
});

test("refuses an enlargement that has too many pixels before it makes it", () => {
  const huge = { ...turn, frames: [paint(2000, 2000, () => 0)], enlarge: 16 };
  expect(refusal(huge)).toMatchObject({
    code: "invalid-request",
    errors: [
      {
        field: "upscale_output_factor",
        expected: "at most 2, since the result has 4000000 pixels before it is enlarged",
      },
    ],
  });
});

test("holds the frames of a GIF to what it can show, together", () => {
  const frames = [paint(40, 40, (x, y) => 40 * x + y), paint(40, 40, (x, y) => 0xff0000 + 40 * x + y)];
  const work = { ...workOf({ task: "passes", passes: [] }, frames), mostPixelColors: 256 };
  const { frames: held, warnings } = run(work).result;
  expect(new Set(held.flatMap(colorsOf)).size).toBeLessThanOrEqual(255);
  expect(warnings).toHaveLength(1);
});
