import { readdir } from "node:fs/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type RunningService, startServiceProcess, temporaryProject } from "../../service/service-process.ts";
import { describeWith, findGodot } from "../programs.ts";
import { complaintsOf, type EditorResult, type GodotProject, godotProject, runEditor } from "./editor-run.ts";

const TOKEN = "a-token-of-the-addon-tests";

describeWith(findGodot(), "The Godot addon with a service that works in another folder", (godot) => {
  let project: GodotProject;
  let elsewhere: Awaited<ReturnType<typeof temporaryProject>>;
  let service: RunningService;
  let run: EditorResult;

  beforeAll(async () => {
    project = await godotProject();
    elsewhere = await temporaryProject();
    service = await startServiceProcess(elsewhere.dir, { PIXELKILN_DEVICE: "cpu", PIXELKILN_TOKEN: TOKEN });
    const env = { PIXELKILN_URL: service.url, PIXELKILN_TOKEN: TOKEN };
    run = await runEditor({ godot, project: project.dir, scenario: "other_disk", env });
  }, 600_000);

  afterAll(async () => {
    await service?.stop();
    await project?.remove();
    await elsewhere?.remove();
  });

  test("no script error and no warning", () => {
    expect(complaintsOf(run.output)).toEqual([]);
    expect(run.report.gave_up).toBeUndefined();
  });

  test("the dock says so, and the same files arrive as bytes", () => {
    expect(run.report).toMatchObject({ shares_disk: false });
    expect(run.report.status).toContain("another folder");
    expect(run.report.files).toEqual(
      expect.arrayContaining(["png", "tres", "tscn"].map((type) => `res://pixelkiln/red_potion.${type}`)),
    );
    expect(run.report.saved_pixels).toBe(run.report.pixels);
  });

  test("the folder of the service gets nothing", async () => {
    expect(await readdir(elsewhere.dir)).toEqual([".pixelkiln"]);
  });

  test("our own files are replaced, one that a person changed is not", () => {
    expect(run.report.same_name_again).toBe("Saved red_potion in res://pixelkiln");
    expect(run.report.after_a_change_by_hand).toBe("red_potion.tres was changed by hand and stays as it is.");
    expect(run.report.kept_by_hand).toBe(true);
  });

  test("what the service refuses is said in its own words", () => {
    expect(run.report.refused).toContain("prompt");
  });
});
