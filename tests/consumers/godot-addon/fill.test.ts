import { afterAll, beforeAll, expect, test } from "vitest";
import { describeWith, findGodot } from "../programs.ts";
import { complaintsOf, type EditorResult, type GodotProject, godotProject, runEditor } from "./editor-run.ts";

const SCENE = `[gd_scene format=3]

[node name="Main" type="Node2D"]

[node name="corner" type="TileMapLayer" parent="."]

[node name="edge" type="TileMapLayer" parent="."]

[node name="blob" type="TileMapLayer" parent="."]
`;

/** x, y, mask of the tile, whether it is the variant of the full tile. */
type Cell = [number, number, number, boolean];

interface Filled {
  terrains: number;
  button: string;
  steps: number;
  islands: Cell[];
  undone: number;
  redone_equal: boolean;
  differs_from_godot: number;
  painted: Cell[];
  message: string;
}

describeWith(findGodot(), "Filling a TileMapLayer from the dock", (godot) => {
  let project: GodotProject;
  let run: EditorResult;
  let filled: Record<"corner" | "edge" | "blob", Filled>;

  beforeAll(async () => {
    project = await godotProject({ "main.tscn": SCENE });
    // Nobody listens there: filling needs no service.
    const env = { PIXELKILN_URL: "http://127.0.0.1:9" };
    run = await runEditor({ godot, project: project.dir, scenario: "fill_layers", env });
    filled = run.report as typeof filled;
  }, 600_000);

  afterAll(() => project?.remove());

  test("no script error and no warning; the panel waits for a layer", () => {
    expect(complaintsOf(run.output)).toEqual([]);
    expect(run.report.without_layer).toBe(false);
  });

  test.each(["corner", "edge", "blob"] as const)("a %s set: one step of undo, undone and redone", (kind) => {
    const seen = filled[kind];
    expect(seen).toMatchObject({ steps: 1, undone: 0, redone_equal: true, button: `Fill ${kind}` });
    expect(seen.islands.length).toBe(kind === "corner" ? 600 : 330);
  });

  test.each(["edge", "blob"] as const)(
    "a %s set: every tile is the one that Godot's own solver takes",
    (kind) => {
      expect(filled[kind].differs_from_godot).toBe(0);
    },
  );

  test("a corner set: wherever two tiles touch, their corners are the same, and both terrains are there", () => {
    const masks = new Map(filled.corner.islands.map(([x, y, mask]) => [`${x},${y}`, mask]));
    let compared = 0;
    for (const [x, y, mask] of filled.corner.islands) {
      const right = masks.get(`${x + 1},${y}`);
      const below = masks.get(`${x},${y + 1}`);
      // north-west 8, north-east 4, south-west 2, south-east 1
      if (right !== undefined) expect([mask & 4, mask & 1]).toEqual([(right & 8) >> 1, (right & 2) >> 1]);
      if (below !== undefined) expect([mask & 2, mask & 1]).toEqual([(below & 8) >> 2, (below & 4) >> 2]);
      compared += Number(right !== undefined) + Number(below !== undefined);
    }
    expect(compared).toBe(29 * 20 + 30 * 19);
    expect(new Set(masks.values()).size).toBeGreaterThan(10);
  });

  test("variants come as often as their probability says", () => {
    const full = filled.corner.islands.filter(([, , mask]) => mask === 15);
    const share = full.filter(([, , , isVariant]) => isVariant).length / full.length;
    expect(share).toBeGreaterThan(0.2);
    expect(share).toBeLessThan(0.47);
  });

  test("cells that a person painted are the area: a path in the shape of a T gets its bends", () => {
    const masks = Object.fromEntries(filled.edge.painted.map(([x, y, mask]) => [`${x},${y}`, mask]));
    // north 8, east 4, south 2, west 1
    expect(masks).toEqual({ "2,2": 4, "3,2": 7, "4,2": 1, "3,3": 10, "3,4": 8 });
    expect(filled.edge.message).toBe("Filled 5 cells of edge");
  });
});
