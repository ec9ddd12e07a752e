import { describe, expect, test } from "vitest";
import type { AnimationPlan } from "../../service/kinds/animation/animation-plan.ts";
import { parseAnimationRequest } from "../../service/kinds/animation/parse.ts";
import { type AnimationContext, planAnimation } from "../../service/kinds/animation/plan.ts";
import { parseCharacterRequest } from "../../service/kinds/character/parse.ts";
import { planCharacter } from "../../service/kinds/character/plan.ts";
import { ServiceError } from "../../shared/errors.ts";
import { goblinOnCanvas } from "../asset/sample-animations.ts";
import { modelOf } from "../recipes/model-of.ts";
import { wardrobe } from "../wardrobe/wardrobe.ts";

const plan = (raw: object, change: Partial<AnimationContext> = {}) =>
  planAnimation(parseAnimationRequest(raw).request, {
    models: [modelOf()],
    wardrobe,
    decoded: { inputImage: null, palettePicture: null },
    ignored: [],
    chooseSeed: () => 77,
    ...change,
  });
const withPicture = { decoded: { inputImage: goblinOnCanvas(), palettePicture: null } };

const motionsOf = ({ actions }: AnimationPlan) => actions.map(({ motion }) => motion);

describe("what moves it", () => {
  test("is the wardrobe for people, in what is drawn for people", () => {
    const { actions, source, warnings } = plan({ prompt: "knight in blue", action: "walk", seed: 1 });
    expect(actions).toMatchObject([{ action: "walk", motion: "exemplar", shows: "walk", count: null }]);
    expect(source).toMatchObject({ by: "person", size: 32, unmetWords: [] });
    expect(warnings).toEqual([]);
  });

  test("dresses a person as `character` does with the same seed", () => {
    const prompt = "knight with a red cape";
    const { source } = plan({ prompt, seed: 3 });
    const { request, ignored } = parseCharacterRequest({ prompt, seed: 3 });
    const context = { wardrobe, palettePicture: null, chooseSeed: () => 1 };
    expect(source).toMatchObject({ outfit: planCharacter({ request, ignored }, context).outfit });
  });

  test("is the standing frame of a person where nobody drew the action", () => {
    const { actions, source, warnings } = plan({ prompt: "knight", actions: ["walk", "crouch"], seed: 1 });
    expect(source.by).toBe("person");
    expect(actions).toMatchObject([{ motion: "exemplar" }, { motion: "procedural", shows: null, count: 8 }]);
    expect(warnings.join()).toContain("Nobody drew crouch for people");
  });

  test("is a drawing for things, and one view for all directions is said", () => {
    const made = plan({ prompt: "green slime", directions: 4 });
    expect([motionsOf(made), made.source.by]).toEqual([["procedural"], "sprite"]);
    expect(made.warnings.join()).toContain("There is only one view of the drawing");
  });

  test.each(["cyclops", "snowman", "wolf rider", "the king's crown"])(
    "is a drawing of %s, whom the wardrobe cannot dress: no villager stands in",
    (prompt) => expect(plan({ prompt, directions: 4 }).source.by).toBe("sprite"),
  );

  test("is one drawing for an effect too, and the answer names the kind that draws its frames", () => {
    const said = (prompt: string) => plan({ prompt }).warnings.filter((text) => text.includes("/v1/effects"));
    expect(said("blue explosion")).toEqual([expect.stringContaining("draws every frame of explosion")]);
    expect(said("golden shield")).toEqual([]);
    expect(said("green slime")).toEqual([]);
  });

  test("is what was asked for, or a sentence why not", () => {
    expect(plan({ prompt: "knight", motion: "procedural" }).source.by).toBe("sprite");
    const told = (raw: object) => plan(raw).warnings.join();
    expect(told({ prompt: "slime", motion: "exemplar" })).toContain(
      "names nobody whom the wardrobe can dress",
    );
    expect(told({ prompt: "knight", motion: "exemplar", width: 8 })).toContain(
      "people need at least 16 pixels",
    );
    expect(told({ prompt: "knight", motion: "model" })).toContain("cannot draw motion");
  });

  test("takes no licensed parts where the request allows none", () => {
    for (const exemplars of ["off", "cc0"]) {
      expect(plan({ prompt: "knight", directions: 4, exemplars }).source.by).toBe("sprite");
      expect(plan({ prompt: "knight", motion: "exemplar", exemplars }).source.by).toBe("sprite");
    }
    expect(plan({ prompt: "knight", exemplars: "auto" }).source.by).toBe("person");
  });

  test("says which words of a person nothing shows, and fails on things when strict", () => {
    const { source, warnings } = plan({ prompt: "brave knight with a halberd" });
    expect(source).toMatchObject({ unmetWords: ["brave", "halberd"] });
    expect(warnings).toContain("Nothing shows brave, halberd.");
    expect(() => plan({ prompt: "knight with a halberd", strict: true })).toThrow('got "halberd"');
    expect(plan({ prompt: "brave knight", strict: true }).source.by).toBe("person");
  });

  test("needs no model for people", () => {
    expect(plan({ prompt: "knight" }, { models: [] }).source.by).toBe("person");
    expect(() => plan({ prompt: "slime" }, { models: [] })).toThrow("There is no model to draw with");
  });

  test("a model that knows actions draws every frame with one seed and its place in the cycle", () => {
    const controls = [...modelOf().controls, "action", "framePhase", "direction"];
    const made = plan(
      { prompt: "knight", directions: ["south", "east"], frames_duration: 4, seed: 9 },
      { models: [modelOf({ controls })] },
    );
    const { source } = made;
    expect(motionsOf(made)).toEqual(["model"]);
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
  test("are 4 for idle and 8 else, at exactly 8 a second, unless said otherwise", () => {
    const planned = (raw: object) => plan({ prompt: "slime", ...raw }).actions[0]!;
    expect(planned({ action: "idle" })).toMatchObject({ count: 4, timing: { fps: 8 } });
    expect(planned({}).count).toBe(8);
    expect(planned({ frames_duration: 3, fps: 12 })).toMatchObject({ count: 3, timing: { fps: 12 } });
    expect(planned({ frame_durations_ms: [80, 90, 100] })).toMatchObject({ count: 3 });
    expect(planned({ frames_duration: 3, frame_durations_ms: [80] }).timing).toEqual({ durationsMs: [80] });
    expect(() => planned({ frames_duration: 4, frame_durations_ms: [80, 90] })).toThrow(
      "1 duration, or 4: one per frame",
    );
  });

  test("are those that are drawn of a person, as fast as they are drawn for", () => {
    const { actions } = plan({ prompt: "knight", actions: ["idle", "attack"] });
    expect(actions).toMatchObject([
      { count: null, timing: { fps: 2 }, loop: true },
      { count: null, timing: { fps: 12.5 }, loop: false },
    ]);
  });

  test("are set for each action, and what fits none is said", () => {
    const { actions, ignored } = plan({
      prompt: "slime",
      actions: ["walk", "attack"],
      fps: { walk: 10, jump: 3 },
      frames_duration: { attack: 5 },
      loop: { attack: "pingpong" },
    });
    expect(actions).toMatchObject([
      { name: "walk", count: 8, timing: { fps: 10 }, loop: true },
      { name: "attack", count: 5, timing: { fps: 8 }, loop: "pingpong" },
    ]);
    expect(ignored).toEqual([{ name: "fps.jump", reason: "jump is not among the actions" }]);
  });

  test("loop where the action is a cycle", () => {
    const loopOf = (raw: object) => plan({ prompt: "knight", ...raw }).actions.map(({ loop }) => loop);
    expect(loopOf({ actions: ["idle", "walk", "run", "jump", "attack", "die", "vfx"] })).toEqual([
      ...[true, true, true],
      ...[false, false, false, false],
    ]);
    expect(loopOf({ prompt: "flag", action: "custom", action_description: "sways" })).toEqual([true]);
    expect(loopOf({ loop: "pingpong" })).toEqual(["pingpong"]);
  });

  test("names of actions differ: a custom one that walks beside the walk is custom", () => {
    const { actions } = plan({ prompt: "robot", actions: ["walk", "custom"], action_description: "walks" });
    expect(actions.map(({ name, shows }) => [name, shows])).toEqual([
      ["walk", "walk"],
      ["custom", "walk"],
    ]);
  });

  test("names of actions differ in either order of the request", () => {
    const names = (actions: string[]) =>
      plan({ prompt: "slime", actions, action_description: "walks" }).actions.map(({ name }) => name);
    expect(names(["custom", "walk"])).toEqual(["custom", "walk"]);
    expect(names(["walk", "custom"])).toEqual(["walk", "custom"]);
    expect(names(["custom"])).toEqual(["walk"]);
  });

  test("more frames than a sheet can hold are refused before anything is drawn", () => {
    const all = {
      prompt: "slime",
      actions: ["idle", "walk", "run", "attack"],
      directions: 8,
      frames_duration: 12,
    };
    expect(() => plan({ ...all, width: 128 })).toThrow(/^Invalid actions: got 384 frames of 128x128/);
    expect(plan({ ...all, width: 64 }).actions).toHaveLength(4);
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
    { prompt: "green slime", actions: ["idle", "attack"], fps: { idle: 4, attack: 12 } },
    { prompt: "knight", actions: ["idle", "crouch"], frame_durations_ms: [90], loop: { crouch: true } },
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
