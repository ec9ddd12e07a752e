import { expect, test } from "vitest";
import { createSource, diffAssets } from "../../plugins/web/src/assets.ts";
import { readManifest } from "../../plugins/web/src/manifest.ts";
import { revisionOf } from "../../service/library/hashes.ts";
import { ProjectManifest } from "../../service/library/project-files.ts";

/** A file as manifests had it before roles were kept. */
const file = (path: string, sign = "a"): { path: string; sha256: string; role?: string } => ({
  path,
  sha256: sign.repeat(64),
});

function manifestOf(...assets: { name: string; kind: string; files: ReturnType<typeof file>[] }[]) {
  const entries = assets.map((asset) => ({ ...asset, rev: revisionOf(asset.files) }));
  return ProjectManifest.parse({ schema_version: 1, assets: entries });
}

const AT = { keyFolder: "", urlFolder: "assets" };

test("files are chosen by their roles, whatever they are called", () => {
  const named = (path: string, role: string) => ({ ...file(path), role });
  const files = [
    named("a.png", "thumbnail"),
    named("a.json", "tileset_json"),
    named("other.tmj", "tiled_map"),
    named("whole.webp", "sheet"),
    named("maps.bin", "phaser_tilemap"),
    named("set.bin", "tiled_tileset"),
    named("frames.bin", "aseprite_json"),
  ];
  expect(readManifest(manifestOf({ name: "a", kind: "banner", files }), AT)).toMatchObject([
    {
      image: "assets/whole.webp?v=aaaaaaaa",
      atlas: "assets/frames.bin?v=aaaaaaaa",
      tileset: "assets/set.bin?v=aaaaaaaa",
      map: "assets/maps.bin?v=aaaaaaaa",
    },
  ]);
});

test("without roles, one picture is its own sheet, several have one", () => {
  const manifest = manifestOf(
    { name: "one", kind: "sprite", files: [file("one.png"), file("one.json", "b")] },
    {
      name: "two",
      kind: "sprite",
      files: [file("two-1.png"), file("two-2.png"), file("two-sheet.png", "c"), file("two.json")],
    },
  );
  expect(readManifest(manifest, AT)).toMatchObject([
    { key: "one", image: "assets/one.png?v=aaaaaaaa", atlas: "assets/one.json?v=bbbbbbbb", tileset: null },
    { key: "two", image: "assets/two-sheet.png?v=cccccccc", map: null },
  ]);
});

test("a folder is part of the key, so that two assets of one name are two", () => {
  const manifest = manifestOf({ name: "slime", kind: "sprite", files: [file("slime.png")] });
  const [asset] = readManifest(manifest, { keyFolder: "enemies", urlFolder: "assets/enemies" });
  expect(asset).toMatchObject({ key: "enemies/slime", image: "assets/enemies/slime.png?v=aaaaaaaa" });
});

test("without roles, of a tileset's maps the one with the tileset inside is taken", () => {
  const files = [
    file("g-sheet.png"),
    file("g.tsj"),
    file("g.tmj"),
    file("g.phaser.tmj"),
    file("g.tileset.json"),
  ];
  const manifest = manifestOf({ name: "g", kind: "tileset", files });
  expect(readManifest(manifest, AT)).toMatchObject([
    {
      image: "assets/g-sheet.png?v=aaaaaaaa",
      tileset: "assets/g.tsj?v=aaaaaaaa",
      map: "assets/g.phaser.tmj?v=aaaaaaaa",
      atlas: null,
    },
  ]);
});

test.each([
  ["another version", { schema_version: 2, assets: [] }],
  ["no list", { schema_version: 1 }],
  ["an asset without a rev", { schema_version: 1, assets: [{ name: "a", kind: "sprite", files: [] }] }],
  [
    "a file without a hash",
    { schema_version: 1, assets: [{ name: "a", kind: "sprite", rev: "1", files: [{ path: "a" }] }] },
  ],
  ["nothing", null],
])("a manifest with %s is refused", (_title, manifest) => {
  expect(() => readManifest(manifest, AT)).toThrow(/pixelkiln\.manifest\.json (must have|needs) /);
});

const asset = (key: string, rev: string) => {
  return { key, rev, kind: "sprite", image: null, atlas: null, tileset: null, map: null };
};

test("two lists differ in what is new, what has another rev and what is gone", () => {
  const before = [asset("same", "1"), asset("changed", "1"), asset("gone", "1")];
  const after = [asset("same", "1"), asset("changed", "2"), asset("new", "1")];
  expect(diffAssets(before, after)).toEqual({
    changed: [asset("changed", "2"), asset("new", "1")],
    removed: ["gone"],
  });
  expect(diffAssets(after, after)).toEqual({ changed: [], removed: [] });
});

test("a source tells a change once, to those who listen", () => {
  const source = createSource([asset("a", "1"), asset("b", "1")], { base: "http://game/play/" });
  const told: unknown[] = [];
  const stop = source.onChange((change) => told.push(change));
  source.apply({ changed: [asset("a", "1"), asset("b", "2")], removed: ["c"] });
  source.apply({ changed: [asset("b", "2")], removed: [] });
  source.apply({ changed: [], removed: ["a"] });
  expect(told).toEqual([
    { changed: [asset("b", "2")], removed: [] },
    { changed: [], removed: ["a"] },
  ]);
  expect([...source.assets.keys()]).toEqual(["b"]);
  stop();
  source.apply({ changed: [asset("b", "3")], removed: [] });
  expect(told).toHaveLength(2);
  expect(source.url("assets/b.png?v=1")).toBe("http://game/play/assets/b.png?v=1");
});
