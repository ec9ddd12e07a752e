/**
 * Takes the pictures of docs/godot.md: `npx tsx scripts/godot-pictures.ts OUT`. Runs the windowed editor with
 * the addon and the real service on a virtual screen; needs Xvfb (scripts/install-godot.sh --with-xvfb).
 */
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { complaintsOf, godotProject, runEditor } from "../tests/consumers/godot-addon/editor-run.ts";
import { restartableService } from "../tests/consumers/godot-addon/restartable-service.ts";
import { findGodot } from "../tests/consumers/programs.ts";

const SCENE = `[gd_scene format=3]

[node name="Main" type="Node2D"]

[node name="Ground" type="TileMapLayer" parent="."]
scale = Vector2(2, 2)
`;

const out = process.argv[2] ?? "out/godot";
const godot = findGodot().path;
if (godot === null) throw new Error("Expected a Godot 4 but found none: run scripts/install-godot.sh.");
const project = await godotProject({ "main.tscn": SCENE });
const service = await restartableService(project.dir);
try {
  const run = await runEditor({
    godot: `${godot}-xvfb`,
    project: project.dir,
    scenario: "pictures",
    windowed: true,
    env: { PIXELKILN_URL: service.url, SCREEN: "1280x1060x24" },
    answers: { "start-service": service.start },
  });
  console.log(JSON.stringify(run.report), complaintsOf(run.output).join("\n"));
  await mkdir(out, { recursive: true });
  const taken = join(project.dir, ".pictures");
  for (const name of await readdir(taken)) {
    // The editor is gray: a palette keeps the pictures of the documentation small.
    const picture = sharp(join(taken, name)).png({ palette: true, colors: 192, effort: 10 });
    await picture.toFile(join(out, `godot-${name}`));
  }
} finally {
  await service.stop();
  await project.remove();
}
