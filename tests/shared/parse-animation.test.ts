import { describe, expect, test } from "vitest";
import { parseAnimationRequest } from "../../service/kinds/animation/parse.ts";

const parse = (raw: object) => parseAnimationRequest(raw).request;

describe("styles of Retro Diffusion", () => {
  test.each([
    [
      "rd_animation__four_angle_walking",
      { actions: ["walk"], directions: 4, frames_duration: 4, width: 48, height: 48 },
    ],
    [
      "rd_animation__8_dir_rotation",
      { actions: ["idle"], directions: 8, frames_duration: 1, width: 80, height: 80 },
    ],
    ["rd_animation__vfx", { actions: ["vfx"], directions: 1 }],
    ["rd_advanced_animation__walking", { actions: ["walk"], directions: 1 }],
    ["rd_advanced_animation__subtle_motion", { actions: ["idle"] }],
    ["rd_advanced_animation__destroy", { actions: ["destroy"] }],
  ])("%s becomes fields, and a GIF is the answer as there", (prompt_style, expected) => {
    const request = parse({ prompt: "hero", prompt_style });
    expect(request).toMatchObject({ ...expected, prompt_style: "default", return_spritesheet: false });
  });

  test("give way to what the request says itself", () => {
    const prompt_style = "rd_animation__four_angle_walking";
    const request = parse({
      prompt: "hero",
      prompt_style,
      width: 32,
      height: 40,
      frames_duration: 8,
      return_spritesheet: true,
    });
    expect(request).toMatchObject({
      directions: 4,
      width: 32,
      height: 40,
      frames_duration: 8,
      return_spritesheet: true,
    });
  });

  test("take the motion from the prompt where it is a custom one", () => {
    const request = parse({ prompt: "a flag swaying", prompt_style: "rd_animation__any_animation" });
    expect(request).toMatchObject({ actions: ["custom"], action_description: "a flag swaying" });
  });

  test("that make several motions make them as the actions of one asset", () => {
    const battle = parseAnimationRequest({ prompt: "hero", prompt_style: "rd_animation__battle_sprites" });
    expect(battle).toMatchObject({ ignored: [], request: { actions: ["idle", "walk", "attack", "jump"] } });
    const small = parseAnimationRequest({ prompt: "hero", prompt_style: "rd_animation__small_sprites" });
    expect(small.ignored).toEqual([
      { name: "prompt_style", reason: expect.stringContaining("also makes other poses") },
    ]);
  });

  test("of sprites stay styles", () => {
    expect(parse({ prompt: "hero", prompt_style: "rd_plus__retro" }).prompt_style).toBe("retro");
  });
});

test("PixelLab's names are understood", () => {
  const request = parse({ description: "hero", n_frames: 6, image_size: { width: 64, height: 64 } });
  expect(request).toMatchObject({ prompt: "hero", frames_duration: 6, width: 64, height: 64 });
});

test("unknown fields are reported, or refused when strict", () => {
  const { ignored } = parseAnimationRequest({ prompt: "hero", wings: 2, strength: 0.5 });
  expect(ignored.map(({ name }) => name)).toEqual(["wings", "strength"]);
  expect(() => parseAnimationRequest({ prompt: "hero", wings: 2, strict: true })).toThrow("wings");
});

test("wrong fields are named with what they take", () => {
  expect(() => parseAnimationRequest({ prompt: "hero", action: "moonwalk" })).toThrow(
    /^Invalid action: got "moonwalk", expected one of "idle"/,
  );
  expect(() => parseAnimationRequest({ prompt: "hero", frames_duration: 33 })).toThrow(
    "Invalid frames_duration: got 33, expected at most 32",
  );
  expect(() => parseAnimationRequest([])).toThrow("a JSON object");
});
