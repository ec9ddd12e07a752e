import { beforeAll, describe, expect, test } from "vitest";
import { parseAnimationRequest } from "../../service/kinds/animation/parse.ts";
import { type AnimationContext, planAnimation } from "../../service/kinds/animation/plan.ts";
import { readMotionSet } from "../../service/kinds/animation/read-motions.ts";
import type { MotionSet } from "../../service/motion/people.ts";
import { ServiceError } from "../../shared/errors.ts";
import { goblinOnCanvas } from "../asset/sample-animations.ts";
import { modelOf } from "../recipes/model-of.ts";
import { readModelFile } from "./model-files.ts";

let motions: MotionSet | null;

beforeAll(async () => {
  motions = await readMotionSet(readModelFile);
});

const plan = (raw: object, change: Partial<AnimationContext> = {}) =>
  planAnimation(parseAnimationRequest(raw).request, {
    models: [modelOf()],
    motions,
    decoded: { inputImage: null, palettePicture: null },
    ignored: [],
    chooseSeed: () => 77,
    ...change,
  });
const withPicture = { decoded: { inputImage: goblinOnCanvas(), palettePicture: null } };

describe("what moves it", () => {
  test("a licensed motion for people, in the actions that were drawn", () => {
    const { motion, source, warnings } = plan({ prompt: "knight in blue", action: "walk", seed: 1 });
    expect(motion).toBe("exemplar");
    expect(source).toMatchObject({ by: "person", action: "walk" });
    expect(warnings.join()).toMatch(/licensed person: .*(?:helmet|hood)/);
  });

  test("drawn principles on a licensed person where nobody drew the motion", () => {
    const { motion, source, warnings } = plan({ prompt: "knight", action: "hurt", directions: 4, seed: 1 });
    expect(motion).toBe("procedural");
    expect(source).toMatchObject({ by: "person", action: null });
    expect(warnings.join()).toContain("standing frame is moved");
  });

  test("drawn principles on a drawing for things, and one view for all directions is said", () => {
    const { motion, source, warnings } = plan({ prompt: "green slime", directions: 4 });
    expect([motion, source.by]).toEqual(["procedural", "sprite"]);
    expect(warnings.join()).toContain("There is only one view of the drawing");
  });

  test("a role that the licensed people cannot look like is drawn, unless it must turn", () => {
    expect(plan({ prompt: "wizard" }).source.by).toBe("sprite");
    const turned = plan({ prompt: "wizard", directions: 4 });
    expect(turned.source.by).toBe("person");
    expect(turned.warnings.join()).toContain("not dressed as in the prompt");
  });

  test("what was asked for, or a sentence why not", () => {
    expect(plan({ prompt: "knight", motion: "procedural" }).source.by).toBe("sprite");
    expect(plan({ prompt: "slime", motion: "exemplar" }).warnings.join()).toContain(
      "No licensed motion fits",
    );
    expect(plan({ prompt: "knight", motion: "exemplar" }, { motions: null }).warnings.join()).toContain(
      "no licensed motions",
    );
    expect(plan({ prompt: "knight", motion: "model" }).warnings.join()).toContain("cannot draw motion");
  });

  test("no licensed person where the request takes none under its licence", () => {
    for (const exemplars of ["off", "cc0"]) {
      expect(plan({ prompt: "knight", directions: 4, exemplars }).source.by).toBe("sprite");
    }
    expect(plan({ prompt: "knight", exemplars: "auto" }).source.by).toBe("person");
  });

  test("a model that knows actions draws every frame with one seed and its place in the cycle", () => {
    const controls = [...modelOf().controls, "action", "framePhase", "direction"];
    const { motion, source } = plan(
      { prompt: "knight", directions: ["south", "east"], frames_duration: 4, seed: 9 },
      { models: [modelOf({ controls })] },
    );
    expect(motion).toBe("model");
    if (source.by !== "model") throw new Error("Expected frames of the model.");
    const { pictures } = source.plan;
    expect(pictures.map(({ framePhase }) => framePhase)).toEqual([0, 0.25, 0.5, 0.75, 0, 0.25, 0.5, 0.75]);
    expect(pictures.map(({ direction }) => direction).join()).toBe(
      "south,south,south,south,east,east,east,east",
    );
    expect(new Set(pictures.map(({ seed }) => seed))).toEqual(new Set([9]));
    expect(new Set(pictures.map(({ action }) => action))).toEqual(new Set(["walk"]));
  });

  test("a picture that is given, on its own canvas", () => {
    const { source, canvas } = plan({ input_image: "iVBORw0KGgo=", action: "idle" }, withPicture);
    expect(source.by).toBe("input");
    expect(canvas).toEqual({ width: 24, height: 20 });
    expect(() => plan({ input_image: "iVBORw0KGgo=", width: 32 }, withPicture)).toThrow(
      "24, the width of input_image",
    );
  });

  test("nothing without words or a picture", () => {
    expect(() => plan({ action: "walk" })).toThrow(ServiceError);
    expect(() => plan({ prompt: "" })).toThrow("expected text, or an input_image");
  });
});

describe("frames and times", () => {
  test("are 4 for idle and 8 else, at 8 a second, unless said otherwise", () => {
    expect(plan({ prompt: "knight", action: "idle" })).toMatchObject({
      count: 4,
      durationsMs: [125, 125, 125, 125],
    });
    expect(plan({ prompt: "knight" }).count).toBe(8);
    expect(plan({ prompt: "knight", frames_duration: 3, fps: 10 }).durationsMs).toEqual([100, 100, 100]);
    expect(plan({ prompt: "knight", frame_durations_ms: [80, 90, 100] })).toMatchObject({ count: 3 });
    expect(plan({ prompt: "knight", frames_duration: 3, frame_durations_ms: [80] }).durationsMs).toEqual([
      80, 80, 80,
    ]);
    expect(() => plan({ prompt: "knight", frames_duration: 4, frame_durations_ms: [80, 90] })).toThrow(
      "1 duration, or 4: one per frame",
    );
  });

  test("loop where the action is a cycle", () => {
    const loops = ["idle", "walk", "run", "jump", "attack", "die", "vfx"].map(
      (action) => plan({ prompt: "knight", action }).loop,
    );
    expect(loops).toEqual([true, true, true, false, false, false, false]);
    expect(plan({ prompt: "flag", action: "custom", action_description: "sways" }).loop).toBe(true);
    expect(plan({ prompt: "knight", loop: "pingpong" }).loop).toBe("pingpong");
  });

  test("directions come in the order of the rows, each once", () => {
    expect(plan({ prompt: "knight", directions: 4 }).directions).toEqual(["south", "west", "east", "north"]);
    expect(plan({ prompt: "knight", directions: 8 }).directions).toHaveLength(8);
    expect(plan({ prompt: "knight", directions: ["east", "south", "east"] }).directions).toEqual([
      "east",
      "south",
    ]);
  });
});

test("the resolved request, planned again, is the same plan", () => {
  for (const raw of [
    { prompt: "knight in blue", directions: 4, action: "attack", fps: 10 },
    { prompt: "green slime", action: "custom", action_description: "bounces", color_count: 8 },
    { prompt: "girl", input_palette: "pico-8", loop: "pingpong", upscale_output_factor: 2 },
  ]) {
    const first = plan(raw);
    const again = plan(first.resolved, { chooseSeed: () => 1 });
    expect(again).toEqual(first);
  }
});

test("colors are only held where that was asked for", () => {
  expect(plan({ prompt: "knight" }).passes).toEqual([]);
  expect(plan({ prompt: "knight", color_count: 8 }).passes).toMatchObject([
    { pass: "limit-colors", colorCount: 8 },
  ]);
  expect(plan({ prompt: "knight", input_palette: ["#000000", "#ffffff"] })).toMatchObject({
    passes: [{ pass: "snap-palette", palette: ["#000000", "#ffffff"] }],
    palette: { name: null, colors: ["#000000", "#ffffff"] },
  });
  expect(plan({ prompt: "knight", outline_color: "#101010" }).passes).toEqual([
    { pass: "outline", color: "#101010" },
  ]);
});
