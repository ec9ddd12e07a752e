import { describe, expect, test } from "vitest";
import { parseSpriteRequest } from "../../service/kinds/sprite/parse.ts";
import { ServiceError } from "../../shared/errors.ts";

function errorOf(raw: unknown): ServiceError {
  try {
    parseSpriteRequest(raw);
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  throw new Error("no error was thrown");
}

describe("a sprite request", () => {
  test("gets its defaults and keeps nothing else", () => {
    const { request, ignored } = parseSpriteRequest({ prompt: " red dragon " });
    expect(request).toMatchObject({
      prompt: "red dragon",
      prompt_style: "default",
      num_images: 1,
      strict: false,
    });
    expect(request).not.toHaveProperty("width");
    expect(ignored).toEqual([]);
  });

  test("written for PixelLab is understood", () => {
    const { request, ignored } = parseSpriteRequest({
      description: "knight",
      image_size: { width: 64, height: 48 },
      no_background: false,
      text_guidance_scale: 8,
    });
    expect(request).toMatchObject({ prompt: "knight", width: 64, height: 48, remove_bg: false });
    expect(ignored.map((one) => one.name)).toEqual(["text_guidance_scale"]);
  });

  test("reports unknown fields by name and with a reason, inside output too", () => {
    const { ignored } = parseSpriteRequest({
      prompt: "a",
      wings: 2,
      output: { dir: "art", overwrite: true },
      n_frames: 4,
    });
    expect(ignored.map((one) => one.name).sort()).toEqual(["n_frames", "output.overwrite", "wings"]);
    for (const { reason } of ignored) expect(reason).toMatch(/\w/);
  });

  test("with strict: true is refused for each unknown field by name", () => {
    const error = errorOf({ prompt: "a", strict: true, wings: 2, description: "b" });
    expect(error.code).toBe("ignored-parameter");
    expect(error.errors.map((one) => one.field).sort()).toEqual(["description", "wings"]);
  });

  test.each([
    [{}, "prompt", "nothing", "a string"],
    [{ prompt: "  " }, "prompt", '"  "', "at least 1 character"],
    [{ prompt: 5 }, "prompt", "5", "a string"],
    [{ description: 5 }, "description", "5", "a string"],
    [{ prompt: "a", width: 7 }, "width", "7", "at least 8"],
    [{ prompt: "a", image_size: { width: 8, height: 257 } }, "image_size.height", "257", "at most 256"],
    [{ prompt: "a", width: 32.5 }, "width", "32.5", "a whole number"],
    [{ prompt: "a", seed: -1 }, "seed", "-1", "at least 0"],
    [{ prompt: "a", num_images: "two" }, "num_images", '"two"', "a number"],
    [{ prompt: "a", remove_bg: "yes" }, "remove_bg", '"yes"', "true or false"],
    [{ prompt: "a", view: "below" }, "view", '"below"', 'one of "side", "low top-down", "high top-down"'],
    [{ prompt: "a", outline_color: "red" }, "outline_color", '"red"', 'a color such as "#1a1c2c"'],
    [{ prompt: "a", output: { dir: "../up" } }, "output.dir", '"../up"', "a folder inside the project"],
    [
      { prompt: "a", output: { name: "con" } },
      "output.name",
      '"con"',
      "a name that is not a Windows device name",
    ],
    [
      { prompt: "a", input_palette: 7 },
      "input_palette",
      "7",
      "a list of 1 to 256 hex colors, the name of a palette, or base64 of a picture",
    ],
    [{ prompt: "a", reference_images: [1] }, "reference_images.0", "1", "a string"],
  ])("%j names the field, what came and what it takes", (raw, field, got, expected) => {
    const error = errorOf(raw);
    expect(error.code).toBe("invalid-request");
    expect(error.errors).toHaveLength(1);
    expect(error.errors[0]).toMatchObject({ field, got });
    expect(error.errors[0]?.expected).toContain(expected);
    expect(error.message).toContain(field);
  });

  test.each([[null], [[]], ["text"], [7], [true]])("%j is no request", (raw) => {
    expect(errorOf(raw)).toMatchObject({
      code: "invalid-request",
      errors: [{ field: "body", expected: "a JSON object" }],
    });
  });

  test("large values and names are never echoed", () => {
    const error = errorOf({ prompt: "x".repeat(1_000_000), ["n".repeat(100_000)]: 1 });
    expect(JSON.stringify(error.errors).length + error.message.length).toBeLessThan(1_000);
    const { ignored } = parseSpriteRequest({ prompt: "a", ["n".repeat(100_000)]: 1 });
    expect(ignored[0]?.name.length).toBeLessThan(100);
  });

  test("a value nested too deep to print is refused with words", () => {
    const deep = JSON.parse(`{"prompt": ${"[".repeat(100_000)}${"]".repeat(100_000)}}`);
    expect(errorOf(deep)).toMatchObject({ code: "invalid-request", errors: [{ field: "prompt" }] });
  });

  test("keys of prototypes are only unknown fields", () => {
    const raw = JSON.parse(
      '{"prompt": "a", "__proto__": {"strict": true}, "constructor": 1, "toString": 2, "output": {"__proto__": {"dir": "x"}}}',
    );
    const { request, ignored } = parseSpriteRequest(raw);
    expect(request.strict).toBe(false);
    expect(request.output?.dir).toBe("pixelkiln");
    expect(ignored.map((one) => one.name).sort()).toEqual([
      "__proto__",
      "constructor",
      "output.__proto__",
      "toString",
    ]);
    expect(({} as Record<string, unknown>).strict).toBeUndefined();
  });
});
