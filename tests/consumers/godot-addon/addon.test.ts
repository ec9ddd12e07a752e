import { afterAll, beforeAll, expect, test } from "vitest";
import { inFolder, runCli } from "../../cli/run-cli.ts";
import { post } from "../../service/service-process.ts";
import { describeWith, findGodot } from "../programs.ts";
import { complaintsOf, type EditorResult, type GodotProject, godotProject, runEditor } from "./editor-run.ts";
import { type RestartableService, restartableService } from "./restartable-service.ts";

const SCENE = `[gd_scene format=3]

[node name="Main" type="Node2D"]

[node name="Hero" type="Sprite2D" parent="."]

[node name="Walker" type="AnimatedSprite2D" parent="."]
`;

describeWith(findGodot(), "The Godot addon", (godot) => {
  let project: GodotProject;
  let service: RestartableService;
  let run: EditorResult;

  beforeAll(async () => {
    project = await godotProject({ "main.tscn": SCENE });
    service = await restartableService(project.dir);
    const output = { dir: "pixelkiln", name: "green_slime", engine: ["godot"] };
    run = await runEditor({
      godot,
      project: project.dir,
      scenario: "whole",
      env: { PIXELKILN_URL: service.url },
      answers: {
        "start-service": service.start,
        "stop-service": service.stop,
        "change-art": () =>
          post(`${service.url}/v1/sprites`, {
            prompt: "blue slime", seed: 3, width: 24, height: 24, num_images: 1, output,
          }),
      },
    });
  });
  test("x", () => { console.log(run.output, JSON.stringify(run.report, null, 1).slice(0, 6000)); });
});
