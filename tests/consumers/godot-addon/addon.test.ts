import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "../../cli/run-cli.ts";
import { post } from "../../service/service-process.ts";
import { describeWith, findGodot } from "../programs.ts";
import { complaintsOf, type EditorResult, type GodotProject, godotProject, runEditor } from "./editor-run.ts";
import { type RestartableService, restartableService } from "./restartable-service.ts";

const SCENE = `[gd_scene format=3]

[node name="Main" type="Node2D"]

[node name="Hero" type="Sprite2D" parent="."]

[node name="Walker" type="AnimatedSprite2D" parent="."]
`;

const OUTPUT = { dir: "pixelkiln", name: "green_slime", engine: ["godot"] };

describeWith(findGodot(), "The Godot addon in a real editor", (godot) => {
  let project: GodotProject;
  let service: RestartableService;
  let run: EditorResult;
  // biome-ignore lint/suspicious/noExplicitAny: what the driver saw, as JSON
  let seen: Record<string, any>;

  beforeAll(async () => {
    project = await godotProject({ "main.tscn": SCENE });
    service = await restartableService(project.dir);
    const change = (more: object) => async () =>
      expect(
        (
          await post(`${service.url}/v1/sprites`, {
            prompt: "blue slime",
            seed: 3,
            width: 24,
            height: 24,
            output: OUTPUT,
            ...more,
          })
        ).status,
      ).toBe(200);
    run = await runEditor({
      godot,
      project: project.dir,
      scenario: "whole",
      env: { PIXELKILN_URL: service.url },
      answers: {
        "start-service": service.start,
        "stop-service": service.stop,
        "change-picture": change({}),
        "change-count": change({ num_images: 3 }),
        "change-art-without-service": () => drawWithoutService(project.dir),
      },
    });
    seen = run.report;
  }, 600_000);

  afterAll(async () => {
    await service?.stop();
    await project?.remove();
  });

  test("no script error, no warning, and nothing was waited for in vain", () => {
    expect(complaintsOf(run.output)).toEqual([]);
    expect(seen.gave_up).toBeUndefined();
  });

  test("without a service there is one line that says so, and no dialog", () => {
    const status = `No service at ${service.url.slice("http://".length)}`;
    expect(seen.offline).toMatchObject({ status, can_generate: false, dialogs: 0 });
    expect(seen.down).toMatchObject({ status, can_generate: false, dialogs: 0 });
  });

  test("a service that starts is found by itself, with what it offers, as one that works on this disk", () => {
    expect(seen.ready).toMatchObject({ shares_disk: true });
    expect(seen.ready.status).toContain("Ready");
    expect(seen.ready.kinds).toContain("sprite");
    expect(seen.ready.styles).toBeGreaterThan(10);
    expect(seen.ready.palettes).toBeGreaterThan(10);
  });

  test("the prompt is drawn by the service with the locked seed, and its progress is shown", () => {
    expect(seen.made).toMatchObject({
      seeds: [7, 8],
      sizes: [
        [32, 32],
        [32, 32],
      ],
      suggested_name: "green_slime",
    });
    expect(seen.made.progress).toContain("Writing 0.00");
    expect(seen.made.drag_before_save).toEqual([""]);
  });

  test("the buttons of a result keep their whole text where the dock is narrow and scrolls", () => {
    expect(seen.narrow).toEqual({ scrolls: true, cut: [] });
  });

  test("saving puts the very picture that was shown into the project, imported and ready to drag", () => {
    expect(seen.saved.files).toEqual(
      expect.arrayContaining(["png", "tres", "tscn"].map((type) => `res://pixelkiln/green_slime.${type}`)),
    );
    expect(seen.saved.drag).toEqual(["res://pixelkiln/green_slime.png"]);
    expect(seen.saved.pixels).toBe(seen.made.pixels);
    expect(seen.saved.next_name).toBe("green_slime_2");
  });

  test("selected nodes show it after one step of undo history, which takes it back and forth", () => {
    const after = ["res://pixelkiln/green_slime.png", 1, "res://pixelkiln/green_slime.tres", "default"];
    expect(seen.replaced).toEqual({ after, undone: ["", 0, "", "default"], redone: after });
  });

  test("a changed picture reaches the node of the open scene, in the same texture", () => {
    expect(seen.reloaded.before.size).toEqual([32, 32]);
    expect(seen.reloaded_picture.size).toEqual([24, 24]);
    expect(seen.reloaded_picture.pixels).not.toBe(seen.reloaded.before.pixels);
    expect(seen.reloaded).toMatchObject({ same_texture: true, dialogs: 0 });
  });

  test("a changed .tres reaches the node of the open scene, in the same SpriteFrames", () => {
    expect(seen.reloaded.before.animations).toEqual(["default", "green_slime"]);
    expect(seen.reloaded.after.animations).toEqual([
      "default",
      "green_slime-1",
      "green_slime-2",
      "green_slime-3",
    ]);
    expect(seen.reloaded.same_frames).toBe(true);
  });

  test("a variation starts from the picture, and a cancelled job leaves no result", () => {
    expect(seen.variation).toEqual({ has_input: true, is_other: true, size: [32, 32] });
    expect(seen.cancelled).toEqual({ message: "Cancelled", cards: 3 });
  });

  test("while the service is down, files that the command line writes are followed all the same", () => {
    expect(seen.down.followed).toBe(20);
  });

  test("when the service is back the dock works on, and so it does after disabling and enabling", () => {
    expect(seen.up_again).toEqual({ cards: 1 });
    expect(seen).toMatchObject({ disabled: true, enabled: true });
  });
});

/** What Pixelkiln itself wrote may be replaced; the command line knows that by the lock file beside it. */
async function drawWithoutService(project: string): Promise<void> {
  const target = join(project, "pixelkiln/green_slime.png");
  const args = ["sprite", "red slime", "-o", target, "--width", "20", "--height", "20", "--engine", "godot"];
  const { code, stderr } = await runCli(args, { cwd: project });
  expect(code, stderr).toBe(0);
}
