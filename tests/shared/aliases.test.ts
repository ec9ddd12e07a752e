import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyAliases, styleOf } from "../../shared/aliases.ts";

describe("names of other services become canonical", () => {
  test.each([
    [{ description: "dragon" }, { prompt: "dragon" }],
    [{ image_size: { width: 16, height: 24 } }, { width: 16, height: 24 }],
    [{ no_background: true }, { remove_bg: true }],
    [
      { init_image: "AAAA", init_image_strength: 300 },
      { input_image: "AAAA", strength: 0.7 },
    ],
    [{ init_image: { type: "base64", base64: "AAAA" } }, { input_image: "AAAA" }],
    [
      {
        inpainting_image: { type: "base64", base64: "AAAA" },
        mask_image: { type: "base64", base64: "BBBB" },
      },
      { input_image: "AAAA", mask_image: "BBBB" },
    ],
    [{ color_image: { type: "base64", base64: "BBBB" } }, { input_palette: "BBBB" }],
    [{ style_image: { type: "base64", base64: "BBBB" } }, { style_reference: "BBBB" }],
    [{ n_frames: 4 }, { frames_duration: 4 }],
    [{ frame_count: 8 }, { frames_duration: 8 }],
    [{ negative_description: "blurry" }, { negative_prompt: "blurry" }],
    [{ negative: "blurry" }, { negative_prompt: "blurry" }],
    [{ prompt_style: "rd_fast__game_asset" }, { prompt_style: "game_asset" }],
    [
      { prompt: "a", width: 8, other: null },
      { prompt: "a", width: 8, other: null },
    ],
  ])("%j -> %j", (raw, canonical) => {
    expect({ ...applyAliases(raw).fields }).toEqual(canonical);
  });

  test.each([
    ["rd_fast__1_bit", "1_bit"],
    ["rd_plus__mc_item", "mc_item"],
    ["rd_pro__default", "default"],
    ["rd_advanced_animation__walking", "walking"],
    ["game_asset", "game_asset"],
    ["rd_fast__", "rd_fast__"],
  ])("the style %s is %s", (written, style) => {
    expect(styleOf(written)).toBe(style);
  });

  test("a canonical field wins over its alias, in either order, and the alias is reported", () => {
    for (const raw of [
      { prompt: "a", description: "b" },
      { description: "b", prompt: "a" },
    ]) {
      const { fields, shadowed } = applyAliases(raw);
      expect({ ...fields }).toEqual({ prompt: "a" });
      expect([...shadowed]).toEqual([["description", "prompt"]]);
    }
  });

  test("the name that the client wrote is kept for error texts", () => {
    expect([...applyAliases({ image_size: { width: 1, height: 2 } }).writtenAs]).toEqual([
      ["width", "image_size.width"],
      ["height", "image_size.height"],
    ]);
  });

  test("any JSON object is taken, never changed, and no prototype is touched", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (raw) => {
        const before = JSON.stringify(raw);
        applyAliases(raw);
        expect(JSON.stringify(raw)).toBe(before);
      }),
    );
    applyAliases(JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}'));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
