import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { encodePng } from "../../../service/codecs/encode-png.ts";
import { drawCells } from "../draw-cells.ts";
import { describeWith, findGodot } from "../programs.ts";
import { complaintsOf, type EditorResult, type GodotProject, godotProject, runEditor } from "./editor-run.ts";

const SCENES = {
  "main.tscn": '[gd_scene format=3]\n\n[node name="Main" type="Node2D"]\n',
  "gem.tscn": '[gd_scene format=3]\n\n[node name="Gem" type="AnimatedSprite2D"]\n',
};

describeWith(findGodot(), "Dragging a card of the Godot addon into the 2D view", (godot) => {
  let project: GodotProject;
  let run: EditorResult;

  beforeAll(async () => {
    project = await godotProject(SCENES);
    await writeFile(join(project.dir, "gem.png"), await encodePng(drawCells(8, ["#ff004d", "#29adff"])));
    // Nobody listens there: what is saved can be dragged without a service.
    const env = { PIXELKILN_URL: "http://127.0.0.1:9" };
    run = await runEditor({ godot, project: project.dir, scenario: "drag", env });
  }, 600_000);

  afterAll(() => project?.remove());

  test("no script error and no warning", () => {
    expect(complaintsOf(run.output)).toEqual([]);
  });

  test("a picture becomes a Sprite2D, a scene an instance of it; the editor's own undo takes it back", () => {
    expect(run.report["res://gem.png"]).toEqual({
      began_on_source: true,
      is_dragging: true,
      made: ["Sprite2D"],
    });
    expect(run.report["res://gem.tscn"]).toMatchObject({ made: ["AnimatedSprite2D"] });
    expect(run.report).toMatchObject({ left_after_undo: 1 });
  });

  test("what is not in the project yet is not dragged, and the dock says why", () => {
    expect(run.report.unsaved).toEqual({ began_on_source: true, is_dragging: false, made: [] });
    expect(run.report.message).toBe("Save it first, then drag it.");
  });
});
