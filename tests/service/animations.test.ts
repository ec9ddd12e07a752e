import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { AnimationAnswer } from "../../service/kinds/animation/answer.ts";
import { createImage } from "../../service/pixel/image.ts";
import { AssetManifest } from "../../shared/asset.ts";
import { paint } from "../pixel/ascii-image.ts";
import { getJson, post } from "./service-process.ts";
import { useService } from "./use-service.ts";

const service = useService();

const animate = async (body: object) => {
  const { status, body: answer } = await post(`${service.url}/v1/animations`, body);
  expect(status, JSON.stringify(answer)).toBe(200);
  return AnimationAnswer.parse(answer);
};

test("a person walks in four directions, into the project, as engine files", async () => {
  const output = { dir: "art", name: "hero", engine: ["godot", "phaser"] };
  const answer = await animate({ prompt: "knight in blue", directions: 4, width: 64, output });
  expect(answer.animation).toMatchObject({ motion: "exemplar", sheet: { columns: 8, rows: 4 } });
  expect(answer.project_files).toEqual(
    expect.arrayContaining(["art/hero-sheet.png", "art/hero.tres", "art/hero.tscn", "art/hero-anims.json"]),
  );
  expect(await readdir(join(service.dir, "art"))).toContain("hero.gif");
  const manifest = AssetManifest.parse((await getJson(`${service.url}/v1/assets/${answer.id}`)).body);
  expect(manifest.kind).toBe("animation");
  const apng = await fetch(service.url + answer.animation.apng);
  expect(apng.headers.get("content-type")).toBe("image/apng");
});

test("several actions of one drawing come as one asset, and its request gives the same bytes", async () => {
  const body = { prompt: "green slime", actions: ["idle", "attack"], fps: { attack: 12 }, seed: 3 };
  const answer = await animate({ ...body, output: { dir: "art", name: "slime", engine: ["godot"] } });
  expect(answer.animation.actions).toMatchObject([
    { name: "idle", fps: 8, motion: "procedural" },
    { name: "attack", fps: 12, motion: "procedural" },
  ]);
  expect(answer.project_files.filter((path) => path.endsWith(".tres"))).toEqual(["art/slime.tres"]);
  const again = await animate(answer.request);
  expect(again.images.map(({ sha256 }) => sha256)).toEqual(answer.images.map(({ sha256 }) => sha256));
});

test("a thing is drawn by the model and hops; the first frame it was drawn in comes back exactly", async () => {
  const first = await animate({ prompt: "green slime", seed: 3, steps: 4 });
  expect(first.animation).toMatchObject({ motion: "procedural", action: "walk" });
  expect(first.model).toBe("embedded-v1");
  expect(first.checks).toMatchObject({ duplicate_frames: 0, anchor_drift_px: 0, off_palette_pixels: 0 });
  const again = await animate(first.request);
  expect(again.images.map(({ sha256 }) => sha256)).toEqual(first.images.map(({ sha256 }) => sha256));
});

test("a picture with more colors than a GIF frame holds is animated, with all of them in the sheet", async () => {
  const ball = paint(32, 32, (x, y) => x * 0x070000 + y * 0x0700);
  const input_image = Buffer.from(await encodePng(ball)).toString("base64");
  const answer = await animate({ input_image, action: "idle" });
  expect(answer.checks.palette_union).toBeGreaterThan(256);
  expect(answer.warnings.join()).toContain("256 colors in the GIF");
});

test("a picture without a drawn pixel cannot be animated, and the answer says which field to change", async () => {
  const input_image = Buffer.from(await encodePng(createImage(16, 16))).toString("base64");
  const { status, body } = await post(`${service.url}/v1/animations`, { input_image });
  expect([status, body.errors]).toMatchObject([422, [{ field: "input_image" }]]);
});

test("a client of Retro Diffusion gets a GIF for its animation style", async () => {
  const answer = await animate({ prompt: "soldier", prompt_style: "rd_animation__four_angle_walking" });
  expect(answer.animation).toMatchObject({
    frame_size: { width: 48, height: 48 },
    sheet: { columns: 4, rows: 4 },
  });
  expect(Buffer.from(answer.base64_images[0]!, "base64").toString("latin1", 0, 4)).toBe("GIF8");
});
