import { expect, test } from "vitest";
import { WRITERS, writersFor } from "../../service/writers/index.ts";
import { ENGINES } from "../../shared/requests.ts";
import { blinkPackage, potionPackage } from "../asset/sample-packages.ts";
import { sampleTileset } from "../asset/sample-tilesets.ts";

type Kind = Parameters<typeof writersFor>[1];
const ids = (engines: Parameters<typeof writersFor>[0], kind: Kind = "sprite") =>
  writersFor(engines, kind).map((writer) => writer.id);

test("every sprite has PNG and JSON, and every animation a GIF as well", () => {
  expect(ids([])).toEqual(["png-images", "png-sheet", "aseprite-json"]);
  expect(ids([], "animation")).toEqual(
    expect.arrayContaining(["png-sheet", "gif-animation", "aseprite-json"]),
  );
});

test("Godot also gets its resources, with import settings before the pictures they are for", () => {
  expect(ids(["godot"])).toEqual(expect.arrayContaining(["godot-sprite-frames", "godot-scene"]));
  expect(ids(["godot"])[0]).toBe("godot-texture-import");
});

test("Phaser and Aseprite find what they read", () => {
  for (const engine of ["phaser", "aseprite"] as const) expect(ids([engine])).toContain("aseprite-json");
});

test("no file is made for Aseprite alone, which opens what every asset has", () => {
  for (const kind of ["sprite", "animation", "tileset"] as const)
    expect(ids(["aseprite"], kind)).toEqual(ids([], kind));
});

test("a terrain set has its sheet and JSON, and each engine's own files besides", () => {
  expect(ids([], "tileset")).toEqual(["png-sheet", "tileset-json"]);
  expect(ids(["godot"], "tileset")).toEqual([
    "godot-texture-import",
    "png-sheet",
    "tileset-json",
    "godot-tile-set",
    "godot-tile-map",
  ]);
  expect(ids(["tiled", "phaser", "ldtk"], "tileset").slice(2)).toEqual([
    "tiled-tileset",
    "tiled-map",
    "phaser-tilemap",
    "ldtk-project",
  ]);
});

test("the table is fixed and no two writers share an id", () => {
  expect(Object.isFrozen(WRITERS)).toBe(true);
  expect(new Set(WRITERS.map((writer) => writer.id)).size).toBe(WRITERS.length);
});

test("all engines together never write one path twice", () => {
  for (const asset of [potionPackage(1), potionPackage(4), blinkPackage(), sampleTileset("blob47")]) {
    const paths = writersFor(ENGINES, asset.kind).flatMap((writer) =>
      writer.write(asset, { folder: "art" }).map(({ path }) => path),
    );
    expect(new Set(paths).size).toBe(paths.length);
  }
});
