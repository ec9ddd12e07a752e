import { describe, expect, test } from "vitest";
import { createImage, crop, equalImages } from "../../service/pixel/image.ts";
import { apngAnimation } from "../../service/writers/apng-animation.ts";
import { gifAnimation } from "../../service/writers/gif-animation.ts";
import { godotScene } from "../../service/writers/godot-scene.ts";
import { writersFor } from "../../service/writers/index.ts";
import { phaserAnimation } from "../../service/writers/phaser-animation.ts";
import type { AnimatedContent } from "../../service/writers/writer.ts";
import { ENGINES } from "../../shared/requests.ts";
import { goblinOnCanvas, walkPackage } from "../asset/sample-animations.ts";
import { blinkPackage } from "../asset/sample-packages.ts";
import { describeWriter } from "../contract/writer-contract.ts";

describeWriter(apngAnimation);
describeWriter(phaserAnimation);

const played = (asset: ReturnType<typeof walkPackage>) =>
  gifAnimation.write(asset, { folder: "" })[0]!.content as AnimatedContent;

describe("pictures that play", () => {
  test("show all directions side by side, in the order of the rows", () => {
    const asset = walkPackage();
    const { frames, durationsMs, loop } = played(asset);
    expect(frames).toHaveLength(4);
    expect(durationsMs).toEqual([100, 125, 100, 250]);
    expect(loop).toBe(0);
    for (const [i, frame] of frames.entries()) {
      expect([frame.width, frame.height]).toEqual([48, 20]);
      expect(equalImages(crop(frame, 0, 0, 24, 20), asset.frames[i]!.image)).toBe(true);
      expect(equalImages(crop(frame, 24, 0, 24, 20), asset.frames[4 + i]!.image)).toBe(true);
    }
  });

  test("unroll a ping-pong without repeating its ends, and play a one-shot only once", () => {
    const { frames } = played(walkPackage({ loop: "pingpong" }));
    expect(frames).toHaveLength(6);
    expect(frames[4]).toEqual(frames[2]);
    expect(frames[5]).toEqual(frames[1]);
    expect(played(walkPackage({ loop: false })).loop).toBe(1);
  });

  test("turn a subject with one frame per direction around", () => {
    const frames = ["south", "west", "east"].map((direction) => ({ direction, frames: [goblinOnCanvas()] }));
    const content = played(walkPackage({ directions: frames, durationsMs: [150] }));
    expect(content.frames).toHaveLength(3);
    expect(content.frames[0]!.width).toBe(24);
  });

  test("are the same in GIF and APNG, which needs more than one frame", () => {
    const asset = walkPackage();
    expect(apngAnimation.write(asset, { folder: "" })).toMatchObject([
      { path: "goblin.apng", role: "apng", mediaType: "image/apng", content: played(asset) },
    ]);
    const still = walkPackage({ directions: [{ direction: "south", frames: [createImage(8, 8)] }] });
    expect(apngAnimation.write(still, { folder: "" })).toEqual([]);
  });
});

test("Phaser's keys include the asset's name, so that two characters can both have a walk", () => {
  const [file] = phaserAnimation.write(walkPackage(), { folder: "" });
  const { anims } = JSON.parse(String(file!.content));
  expect(anims.map(({ key }: { key: string }) => key)).toEqual(["goblin/walk_west", "goblin/walk_east"]);
  expect(anims[1].frames[3]).toEqual({ key: "goblin", frame: "7", duration: 250 });
  expect(phaserAnimation.write(blinkPackage(), { folder: "" })).toEqual([]);
});

test("the scene of an animation starts by itself, one with other frames waits", () => {
  const scene = (asset: ReturnType<typeof walkPackage>) =>
    String(godotScene.write(asset, { folder: "" })[0]!.content);
  expect(scene(walkPackage())).toContain('autoplay = "walk_west"');
  expect(scene(blinkPackage())).not.toContain("autoplay");
});

test("frames of an animation are on the sheet, not in separate files", () => {
  const files = writersFor(ENGINES, "animation").flatMap((writer) =>
    writer.write(walkPackage(), { folder: "" }),
  );
  expect(files.map(({ path }) => path).sort()).toEqual([
    "goblin-anims.json",
    "goblin-sheet.png",
    "goblin-sheet.png.import",
    "goblin.apng",
    "goblin.gif",
    "goblin.json",
    "goblin.tres",
    "goblin.tscn",
  ]);
});
