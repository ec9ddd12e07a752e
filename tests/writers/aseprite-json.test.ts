import { describe, expect, test } from "vitest";
import type { AssetPackage } from "../../service/asset/asset-package.ts";
import { asepriteJson } from "../../service/writers/aseprite-json.ts";
import { walkPackage } from "../asset/sample-animations.ts";
import { blinkPackage, HOSTILE_TEXT, potionPackage } from "../asset/sample-packages.ts";
import { describeWriter } from "../contract/writer-contract.ts";

describeWriter(asepriteJson);

const writeJson = (asset: AssetPackage) =>
  JSON.parse(asepriteJson.write(asset, { folder: "" })[0]!.content as string);

describe("Aseprite JSON", () => {
  test("frames are an array named by number, which Phaser and KAPLAY need", () => {
    const { frames } = writeJson(potionPackage(3));
    expect(frames.map((frame: { filename: string }) => frame.filename)).toEqual(["0", "1", "2"]);
    expect(frames[2]).toEqual({
      filename: "2",
      frame: { x: 0, y: 8, w: 8, h: 8 },
      rotated: false,
      trimmed: false,
      spriteSourceSize: { x: 0, y: 0, w: 8, h: 8 },
      sourceSize: { w: 8, h: 8 },
      duration: 100,
    });
  });

  test("the image is the sheet, or the one picture", () => {
    expect(writeJson(potionPackage(3)).meta).toMatchObject({
      image: "potion-sheet.png",
      size: { w: 16, h: 16 },
    });
    expect(writeJson(potionPackage(1)).meta).toMatchObject({ image: "potion.png", size: { w: 8, h: 8 } });
  });

  test("variations have no tags; an animation's tags keep direction and one-shot", () => {
    expect(writeJson(potionPackage(3)).meta.frameTags).toEqual([]);
    expect(writeJson(potionPackage(3)).animations).toBeUndefined();
    expect(writeJson(walkPackage({ loop: "pingpong" })).animations).toEqual({
      walk_west: ["0", "1", "2", "3", "2", "1"],
      walk_east: ["4", "5", "6", "7", "6", "5"],
    });
    const tags = writeJson(blinkPackage()).meta.frameTags;
    expect(tags[0]).toEqual({ name: "blink", from: 0, to: 2, direction: "forward", color: "#000000ff" });
    expect(tags[1]).toMatchObject({ name: "back", direction: "reverse", repeat: "1" });
    expect(tags[3]).toMatchObject({ name: "swing-back", direction: "pingpong_reverse" });
  });

  test("durations are milliseconds, frame by frame", () => {
    const { frames } = writeJson(blinkPackage());
    expect(frames.map((frame: { duration: number }) => frame.duration)).toEqual([100, 250, 100, 80, 200]);
  });

  test("the slice named pivot says where each frame stands", () => {
    const { slices } = writeJson(potionPackage(2)).meta;
    expect(slices).toHaveLength(1);
    expect(slices[0].name).toBe("pivot");
    expect(slices[0].keys).toEqual([
      { frame: 0, bounds: { x: 0, y: 0, w: 8, h: 8 }, pivot: { x: 4, y: 7 } },
      { frame: 1, bounds: { x: 0, y: 0, w: 8, h: 8 }, pivot: { x: 4, y: 7 } },
    ]);
  });

  test("a hostile tag name comes back unchanged", () => {
    expect(writeJson(blinkPackage(HOSTILE_TEXT)).meta.frameTags[0].name).toBe(HOSTILE_TEXT);
  });
});
