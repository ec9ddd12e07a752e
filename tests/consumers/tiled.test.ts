import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { decodeImage } from "../../service/codecs/decode-image.ts";
import { DRAWN_TILESETS } from "../asset/drawn-tileset.ts";
import { SAMPLE_TILESETS } from "../asset/sample-tilesets.ts";
import { drawSample } from "./draw-sample.ts";
import { outputBytes, writeFiles } from "./output-bytes.ts";
import { describeWith, findTiled } from "./programs.ts";

const run = promisify(execFile);

/** A tile as Tiled writes it out again. */
interface TiledTile {
  id: number;
  probability?: number;
  animation?: { tileid: number; duration: number }[];
  objectgroup?: { objects: { x: number; y: number; polygon: { x: number; y: number }[] }[] };
  properties?: { name: string; value: unknown }[];
}

describeWith(findTiled(), "Tiled reads terrain sets", (tiled) => {
  let folder = "";
  const assets = Object.values({ ...SAMPLE_TILESETS, ...DRAWN_TILESETS }).map((make) => make());

  /** Runs one of Tiled's programs without a window; it says what it dislikes on stderr. */
  async function runTiled(program: string, args: string[]): Promise<void> {
    const env = { ...process.env, QT_QPA_PLATFORM: "offscreen", XDG_RUNTIME_DIR: folder, HOME: folder };
    const { stdout, stderr } = await run(program, args, { env, cwd: folder, timeout: 60_000 });
    const complaints = `${stdout}${stderr}`
      .split("\n")
      .filter((line) => line !== "" && !/^QStandardPaths/.test(line));
    expect(complaints).toEqual([]);
  }

  const readJson = async (file: string) => JSON.parse(await readFile(join(folder, file), "utf8"));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "pixelkiln-tiled-"));
    for (const asset of assets) await writeFiles(folder, await outputBytes(asset, ""));
  });

  afterAll(async () => {
    if (folder !== "") await rm(folder, { recursive: true, force: true });
  });

  for (const asset of assets) {
    const { info, polygons } = asset.tileset!;

    describe(`${asset.name} (${info.type})`, () => {
      test("--export-tileset gives the set back: grid, terrain set, probabilities, animations, shapes, names", async () => {
        await runTiled(tiled, ["--export-tileset", "json", `${asset.name}.tsj`, `${asset.name}-out.json`]);
        const written = await readJson(`${asset.name}.tsj`);
        const seen = await readJson(`${asset.name}-out.json`);
        for (const field of ["name", "image", "imagewidth", "imageheight", "tilewidth", "tileheight"])
          expect([field, seen[field]]).toEqual([field, written[field]]);
        for (const field of ["columns", "tilecount", "margin", "spacing"])
          expect([field, seen[field]]).toEqual([field, written[field]]);
        expect(seen.wangsets).toMatchObject(written.wangsets);
        const seenTile = (id: number) => (seen.tiles as TiledTile[]).find((tile) => tile.id === id)!;
        for (const tile of info.tiles) {
          const got = seenTile(tile.index);
          expect(got.probability ?? 1).toBe(tile.probability);
          expect(got.animation ?? null).toEqual(
            tile.animation?.map(({ index, duration_ms }) => ({ tileid: index, duration: duration_ms })) ??
              null,
          );
          const shapes = got.objectgroup?.objects ?? [];
          expect(shapes.map(({ x, y, polygon }) => polygon.map((p) => ({ x: x + p.x, y: y + p.y })))).toEqual(
            polygons[tile.index],
          );
          expect(got.properties).toContainEqual(expect.objectContaining({ name: "name", value: tile.name }));
        }
      });

      test("--export-map gives the sample map back, with the external tileset and with it embedded", async () => {
        await runTiled(tiled, ["--export-map", "json", `${asset.name}.tmj`, `${asset.name}-map.json`]);
        await runTiled(tiled, [
          "--export-map",
          "json",
          `${asset.name}.phaser.tmj`,
          `${asset.name}-embedded.json`,
        ]);
        const written = await readJson(`${asset.name}.tmj`);
        for (const file of ["map", "embedded"]) {
          const seen = await readJson(`${asset.name}-${file}.json`);
          expect(seen).toMatchObject({
            width: written.width,
            height: written.height,
            tilewidth: info.tile_size.width,
            tileheight: info.tile_size.height,
          });
          expect(seen.layers).toHaveLength(1);
          expect(seen.layers[0].data).toEqual(written.layers[0].data);
          expect(seen.tilesets).toHaveLength(1);
        }
      });

      test("tmxrasterizer draws the sample as we do, pixel for pixel", async () => {
        for (const file of [`${asset.name}.tmj`, `${asset.name}.phaser.tmj`]) {
          await runTiled(join(tiled, "..", "tmxrasterizer"), [file, `${asset.name}-raster.png`]);
          const raster = await readFile(join(folder, `${asset.name}-raster.png`));
          const image = await decodeImage(raster, "raster");
          const expected = drawSample(asset);
          expect([image.width, image.height]).toEqual([expected.width, expected.height]);
          expect(Buffer.compare(image.data, expected.data)).toBe(0);
        }
      });
    });
  }
});
