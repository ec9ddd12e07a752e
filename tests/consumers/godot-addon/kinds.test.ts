import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { AssetManifest } from "../../../shared/asset.ts";
import { post, type RunningService, startServiceProcess } from "../../service/service-process.ts";
import { describeWith, findGodot } from "../programs.ts";
import { complaintsOf, type EditorResult, type GodotProject, godotProject, runEditor } from "./editor-run.ts";

const SCENE = `[gd_scene format=3]

[node name="Main" type="Node2D"]

[node name="Floor" type="Sprite2D" parent="."]

[node name="Walker" type="AnimatedSprite2D" parent="."]

[node name="Ground" type="TileMapLayer" parent="."]
`;

/** x, y, and the terrains of the corners north-west, north-east, south-west, south-east. */
type Cell = [number, number, [number, number, number, number]];

describeWith(findGodot(), "Tiles, animations and terrain sets in the dock of the Godot addon", (godot) => {
  let project: GodotProject;
  let service: RunningService;
  let run: EditorResult;
  // biome-ignore lint/suspicious/noExplicitAny: what the driver saw, as JSON
  let seen: Record<string, any>;

  beforeAll(async () => {
    project = await godotProject({ "main.tscn": SCENE });
    service = await startServiceProcess(project.dir, { PIXELKILN_DEVICE: "cpu" });
    run = await runEditor({
      godot,
      project: project.dir,
      scenario: "kinds",
      env: { PIXELKILN_URL: service.url },
      answers: {
        "change-set": () => addCollision(service.url),
        "remove-tile": () => removeArt(project.dir, "mossy_stone_floor"),
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
    expect(seen).not.toHaveProperty("gave_up");
    expect(seen).not.toHaveProperty("unexpected");
    expect(seen).not.toHaveProperty("not_saved");
  });

  test("of two tiles the chosen one is saved, as it was shown, and fits a Sprite2D", () => {
    expect(seen.tile).toMatchObject({
      facts: "16 × 16 · seed 4",
      seeds: [3, 4],
      drag: "res://pixelkiln/mossy_stone_floor.png",
      node: "res://pixelkiln/mossy_stone_floor.png",
      pixels: true,
    });
  });

  test("several actions are chosen in a list; the preview plays one after the other, the directions side by side", () => {
    expect(seen.animation.asked).toEqual(["idle", "walk"]);
    expect(seen.animation.facts).toBe("32 × 32, 10 frames · seed 3");
    const rowsOf = (action: number) => [0, 1, 2, 3].map((row) => 32 * (4 * action + row));
    const steps = [2, 8].flatMap((count, action) =>
      Array.from({ length: count }, (_, step) => rowsOf(action).map((y) => [step * 32, y])),
    );
    expect(seen.animation.regions).toHaveLength(steps.length);
    expect(seen.animation.regions).toEqual(expect.arrayContaining(steps));
  });

  test("a saved animation is dragged as its scene, whose instance plays; a node shows its frames", () => {
    expect(seen.animation).toMatchObject({
      drag: "res://pixelkiln/farmer_in_blue.tscn",
      node: "res://pixelkiln/farmer_in_blue.tres",
      node_animation: "idle_south",
      instance_autoplay: "idle_south",
      instance_frame: 1,
    });
    const tags = ["idle", "walk"].flatMap((action) =>
      ["east", "north", "south", "west"].map((direction) => `${action}_${direction}`),
    );
    expect(seen.animation.animations.toSorted()).toEqual(tags);
  });

  test("a saved terrain set goes into the selected layer, and the panel offers its terrains at once", () => {
    expect(seen.terrain_set).toMatchObject({
      facts: "64 × 64 · seed 3",
      drag: "res://pixelkiln/grass_map.tscn",
      button_before: "This layer's tile set has no terrains",
      node: "res://pixelkiln/grass.tres",
      button: "Fill Ground",
      terrains: ["water", "grass"],
    });
  });

  test("the layer is filled with tiles that meet corner by corner, in one step of undo", () => {
    const { cells, message, undone, redone_equal } = seen.terrain_set;
    expect({ message, undone, redone_equal }).toEqual({
      message: "Filled 240 cells of Ground",
      undone: 0,
      redone_equal: true,
    });
    const terrains = new Set<number>();
    const corners = new Map<string, number>();
    for (const [x, y, [nw, ne, sw, se]] of cells as Cell[]) {
      const places: [number, number, number][] = [
        [x, y, nw],
        [x + 1, y, ne],
        [x, y + 1, sw],
        [x + 1, y + 1, se],
      ];
      for (const [cornerX, cornerY, terrain] of places) {
        const key = `${cornerX},${cornerY}`;
        expect(terrain).toBe(corners.get(key) ?? terrain);
        corners.set(key, terrain);
        terrains.add(terrain);
      }
    }
    expect(corners.size).toBe(21 * 13);
    expect(terrains).toEqual(new Set([0, 1]));
  });

  test("undo takes the tile set out of the layer too, and the panel says so", () => {
    expect(seen.terrain_set.undone_twice).toEqual([true, "This layer's tile set has no terrains"]);
  });

  test("the editor forgets the files of art that is removed from the project", () => {
    expect(seen.removed_tile).toEqual({ known_before: true, known_after: false });
  });

  test("a changed tile set reaches the layer of the open scene in the same resource, its cells stay", () => {
    expect(seen.terrain_set).toMatchObject({ same_set: true, cells_kept: true });
  });

  test("a kind that the addon has never heard of is in the list, with the fields that it needs", () => {
    expect(seen.unknown_kind).toEqual({
      route: "/v1/banners",
      told: "What it says",
      request: { caption: "hello", glow: 3, mood: "wild", width: 16 },
    });
  });
});

/** As `pixelkiln build --prune` does: the manifest is written last. */
async function removeArt(project: string, name: string): Promise<void> {
  const folder = join(project, "pixelkiln");
  const path = join(folder, "pixelkiln.manifest.json");
  const manifest = JSON.parse(await readFile(path, "utf8")) as { assets: { name: string }[] };
  for (const file of await readdir(folder)) {
    if (file.startsWith(`${name}.`)) await rm(join(folder, file));
  }
  const assets = manifest.assets.filter((asset) => asset.name !== name);
  await writeFile(`${path}.tmp`, JSON.stringify({ ...manifest, assets }));
  await rename(`${path}.tmp`, path);
}

/** The same terrains again under the same name, from the set that is there: only the polygons are new. */
async function addCollision(url: string): Promise<void> {
  const { assets } = (await (await fetch(`${url}/v1/assets`)).json()) as {
    assets: { id: string; kind: string }[];
  };
  const made = assets.find(({ kind }) => kind === "tileset");
  const manifest = (await (await fetch(`${url}/v1/assets/${made?.id}`)).json()) as AssetManifest;
  const { lower, upper } = manifest.tileset?.base_tile_ids ?? {};
  const answer = await post(`${url}/v1/tilesets`, {
    upper_description: "grass",
    lower_description: "water",
    lower_base_tile_id: lower,
    upper_base_tile_id: upper,
    seed: 3,
    collision: "lower",
    output: { dir: "pixelkiln", name: "grass", engine: ["godot"] },
  });
  expect(answer.status).toBe(200);
}
