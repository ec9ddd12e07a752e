import { describe, expect, test } from "vitest";
import type { AssetPackage } from "../../service/asset/asset-package.ts";
import { godotScene } from "../../service/writers/godot-scene.ts";
import { godotSpriteFrames } from "../../service/writers/godot-sprite-frames.ts";
import { godotStyleBox } from "../../service/writers/godot-style-box.ts";
import { godotFloat, godotPath, godotString } from "../../service/writers/godot-text.ts";
import { godotTextureImport } from "../../service/writers/godot-texture-import.ts";
import type { AssetWriter } from "../../service/writers/writer.ts";
import { blinkPackage, potionPackage } from "../asset/sample-packages.ts";
import { describeWriter } from "../contract/writer-contract.ts";

describeWriter(godotSpriteFrames);
describeWriter(godotTextureImport);
describeWriter(godotScene);
describeWriter(godotStyleBox);

const textOf = (writer: AssetWriter, asset: AssetPackage, folder = "") =>
  writer.write(asset, { folder })[0]!.content as string;

const animationNames = (text: string) => [...text.matchAll(/^"name": &"(.*)",$/gm)].map(([, name]) => name);

/** Frame numbers in playing order, one list an animation. */
const framesPlayed = (text: string) =>
  text
    .split('"loop"')
    .map((part) => [...part.matchAll(/SubResource\("frame_(\d+)"\)/g)].map(([, index]) => Number(index)))
    .filter((frames) => frames.length > 0);

describe("Godot SpriteFrames", () => {
  test("one picture is the default animation and an animation of its own name", () => {
    const text = textOf(godotSpriteFrames, potionPackage(1));
    expect(animationNames(text)).toEqual(["default", "potion"]);
    expect(text).toContain('path="potion.png"');
    expect(text).toContain("region = Rect2(0, 0, 8, 8)");
  });

  test("variations are one-frame animations with their own names, and the first is the default", () => {
    const text = textOf(godotSpriteFrames, potionPackage(3));
    expect(animationNames(text)).toEqual(["default", "potion-1", "potion-2", "potion-3"]);
    expect(framesPlayed(text)).toEqual([[0], [0], [1], [2]]);
    expect(text).toContain('path="potion-sheet.png"');
    expect(text).toContain("region = Rect2(0, 8, 8, 8)");
    expect(text).not.toContain('"loop": true');
  });

  test("tags become animations, with reverse and ping-pong playback unrolled", () => {
    const text = textOf(godotSpriteFrames, blinkPackage());
    expect(animationNames(text)).toEqual(["blink", "back", "swing", "swing-back"]);
    expect(framesPlayed(text)).toEqual([
      [0, 1, 2],
      [2, 1, 0],
      [0, 1, 2, 3, 2, 1],
      [4, 3, 2, 1, 2, 3],
    ]);
  });

  test("durations are relative to the shortest frame of the animation, and floats", () => {
    const text = textOf(godotSpriteFrames, blinkPackage());
    const [blink, , swing] = text.split('"loop"');
    expect([...blink!.matchAll(/"duration": ([\d.]+)/g)].map(([, d]) => d)).toEqual(["1.0", "2.5", "1.0"]);
    expect([...swing!.matchAll(/"duration": ([\d.]+)/g)].map(([, d]) => d)).toEqual([
      "1.25",
      "3.125",
      "1.25",
      "1.0",
      "1.25",
      "3.125",
    ]);
    expect([...text.matchAll(/"speed": ([\d.]+)/g)].map(([, s]) => s)).toEqual([
      "10.0",
      "10.0",
      "12.5",
      "12.5",
    ]);
  });

  test("a known folder gives res:// paths, an unknown one relative paths", () => {
    expect(textOf(godotSpriteFrames, potionPackage(1), "art/items")).toContain(
      'path="res://art/items/potion.png"',
    );
    expect(textOf(godotSpriteFrames, potionPackage(1), "")).toContain('path="potion.png"');
  });
});

describe("Godot texture import settings", () => {
  test("there are settings for every PNG, and for nothing else", () => {
    const files = godotTextureImport.write(potionPackage(2), { folder: "" });
    expect(files.map((file) => file.path)).toEqual([
      "potion-1.png.import",
      "potion-2.png.import",
      "potion-sheet.png.import",
    ]);
    expect(godotTextureImport.write(potionPackage(1), { folder: "" }).map((file) => file.path)).toEqual([
      "potion.png.import",
    ]);
  });

  test("they keep every pixel as it is", () => {
    const text = textOf(godotTextureImport, potionPackage(1));
    for (const setting of ["compress/mode=0", "mipmaps/generate=false", "process/fix_alpha_border=false"]) {
      expect(text.split("\n")).toContain(setting);
    }
  });
});

describe("Godot scene", () => {
  test("one picture is a Sprite2D with nearest filtering that stands on its pivot", () => {
    const text = textOf(godotScene, potionPackage(1), "art");
    expect(text).toContain('[node name="potion" type="Sprite2D"]');
    expect(text).toContain("texture_filter = 1");
    expect(text).toContain("offset = Vector2(-4, -7)");
    expect(text).toContain('path="res://art/potion.png"');
  });

  test("several pictures are an AnimatedSprite2D; an animation starts with its first tag", () => {
    expect(textOf(godotScene, potionPackage(2))).toContain('type="AnimatedSprite2D"]');
    expect(textOf(godotScene, potionPackage(2))).not.toContain("animation =");
    expect(textOf(godotScene, blinkPackage())).toContain('animation = &"blink"');
  });
});

describe("Godot's text format", () => {
  test("strings cannot end early or start a line", () => {
    expect(godotString('a"b\\c\nd\u0000')).toBe('"a\\"b\\\\c\\nd"');
  });

  test("floats always have a point and never an exponent in the range of durations", () => {
    expect([1, 2.5, 1 / 3, 1000 / 60].map(godotFloat)).toEqual(["1.0", "2.5", "0.333333", "16.666667"]);
  });

  test("paths are res:// in a folder and relative without one", () => {
    expect(godotPath("a.png", "x/y")).toBe('"res://x/y/a.png"');
    expect(godotPath("a.png", "")).toBe('"a.png"');
  });
});

test("what stretches gets a StyleBoxTexture of its drawn part, its margins counted from there", () => {
  const asset = potionPackage(2);
  const [first] = asset.frames;
  // The potion is drawn from 1, 1 to 7, 7 of its 8 x 8 pixels.
  const frames = [{ ...first!, nineSlice: { left: 3, top: 2, right: 3, bottom: 4 } }, asset.frames[1]!];
  const files = godotStyleBox.write({ ...asset, frames }, { folder: "art" });
  expect(files.map(({ path }) => path)).toEqual(["potion-1.stylebox.tres"]);
  expect(
    files[0]!.content,
  ).toContain(`[ext_resource type="Texture2D" path="res://art/potion-sheet.png" id="sheet"]

[resource]
texture = ExtResource("sheet")
texture_margin_left = 2.0
texture_margin_top = 1.0
texture_margin_right = 2.0
texture_margin_bottom = 3.0
region_rect = Rect2(1, 1, 6, 6)
`);
});
