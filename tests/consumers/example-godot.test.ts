import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { copyExample, type ExampleGame, type PaintedCell, tornCorners } from "./example-game.ts";
import { describeWith, findGodot } from "./programs.ts";
import { runGodot } from "./run-godot.ts";

interface Watched {
  from: [x: number, y: number];
  to: [x: number, y: number];
  animation: string;
  playing: boolean;
  frames: number;
}

interface Seen {
  level: string[];
  cells: PaintedCell[];
  things: number;
  standing: Watched;
  walks: Record<string, Watched>;
  after: Watched;
  strike: Watched;
  struck: Watched;
  shore: Watched;
  shore_later: Watched;
}

const TILE = 16;

describeWith(findGodot(), "the Godot example, built from its kiln files", (godot) => {
  let game: ExampleGame;
  let output = "";
  let seen: Seen;

  beforeAll(async () => {
    game = await copyExample("godot-meadow");
    await game.pixelkiln("build");
    const probe = await readFile(new URL("probes/report_meadow.gd", import.meta.url));
    await writeFile(join(game.dir, "probe.gd"), probe);
    output = await runGodot(godot, game.dir, ["--import"]);
    output += await runGodot(godot, game.dir, ["--fixed-fps", "60", "--script", "res://probe.gd"]);
    seen = JSON.parse(await readFile(join(game.dir, "seen.json"), "utf8"));
  }, 300_000);

  afterAll(async () => {
    await game?.remove();
  });

  test("importing and playing it print no error and no warning", () => {
    expect(output.split("\n").filter((line) => /ERROR|WARNING|Parse Error/.test(line))).toEqual([]);
  });

  test("Godot's import leaves nothing to build", async () => {
    expect(await game.pixelkiln("build")).toMatch(/nothing to do/);
  });

  test("the map is covered, its tiles join at every corner, and grass is where the level has grass", () => {
    const inside = seen.cells.filter(({ x, y }) => seen.level[y]?.[x] !== undefined);
    expect(inside).toHaveLength(seen.level.length * seen.level[0]!.length);
    expect(tornCorners(seen.cells)).toEqual([]);
    const grass = inside.filter(({ corners }) => Object.values(corners).every(Boolean));
    const drawn = inside.filter(({ x, y }) => seen.level[y]?.[x] !== "~");
    expect(grass).toEqual(expect.arrayContaining(drawn));
    expect(inside.some(({ corners }) => !Object.values(corners).includes(true))).toBe(true);
  });

  test("everything that the level names stands on it", () => {
    expect(seen.things).toBe([...seen.level.join("")].filter((sign) => "Tbm".includes(sign)).length);
  });

  test("the hero breathes, walks where the keys say in the animation of that direction, and stands again", () => {
    expect(seen.standing).toMatchObject({ animation: "idle_south", playing: true });
    expect(seen.standing.to).toEqual(seen.standing.from);
    expect(seen.standing.frames).toBeGreaterThan(1);
    const ways = { ui_right: [1, 0], ui_down: [0, 1], ui_left: [-1, 0], ui_up: [0, -1] };
    const names = { ui_right: "east", ui_down: "south", ui_left: "west", ui_up: "north" };
    for (const [key, way] of Object.entries(ways)) {
      const { from, to, ...walk } = seen.walks[key]!;
      expect(walk).toMatchObject({ animation: `walk_${names[key as keyof typeof names]}`, playing: true });
      expect(walk.frames).toBeGreaterThan(1);
      expect([Math.sign(to[0] - from[0]), Math.sign(to[1] - from[1])]).toEqual(way);
    }
    expect(seen.after).toMatchObject({ animation: "idle_north", playing: true });
  });

  test("the hero strikes where it looks, from the same SpriteFrames, and stands again", () => {
    expect(seen.strike).toMatchObject({ animation: "attack_north", playing: true });
    expect(seen.strike.frames).toBeGreaterThan(2);
    expect(seen.struck).toMatchObject({ animation: "idle_north", playing: true });
  });

  test("water stops the hero on the shore", () => {
    const { to } = seen.shore;
    // It may still creep along the rounded shore.
    expect(Math.hypot(seen.shore_later.to[0] - to[0], seen.shore_later.to[1] - to[1])).toBeLessThan(1);
    const [column, row] = [Math.floor(to[0] / TILE), Math.floor(to[1] / TILE)];
    const under = seen.cells.find(({ x, y }) => x === column && y === row);
    expect(Object.values(under!.corners)).toContain(true);
    expect(Object.values(under!.corners)).toContain(false);
  });
});
