import { isDeepStrictEqual } from "node:util";
import { describe, expect, test } from "vitest";
import type { AssetPackage } from "../../service/asset/asset-package.ts";
import { frameRect } from "../../service/asset/asset-package.ts";
import { crop, equalImages } from "../../service/pixel/image.ts";
import type { AssetWriter, OutputFile } from "../../service/writers/writer.ts";
import { blinkPackage, HOSTILE_TEXT, potionPackage } from "../asset/sample-packages.ts";

const FOLDERS = ["", "art", "assets/sprites"];

const PACKAGES: Record<string, () => AssetPackage> = {
  "one picture": () => potionPackage(1),
  "three variations": () => potionPackage(3),
  "an animation with tags": () => blinkPackage(),
  "a package with hostile text": () => ({
    ...blinkPackage(HOSTILE_TEXT),
    palette: { name: HOSTILE_TEXT, colors: [], locked: false },
    text: { Description: HOSTILE_TEXT },
  }),
};

/** What every format keeps to. A writer's own test file calls this once, and then tests what is its own. */
export function describeWriter(
  writer: AssetWriter,
  packages: Record<string, () => AssetPackage> = PACKAGES,
): void {
  describe(`${writer.id} keeps the writer contract`, () => {
    for (const [title, make] of Object.entries(packages)) {
      describe(title, () => {
        const filesIn = (folder: string) => writer.write(make(), { folder });

        test("the same package gives the same files, and is left as it was", () => {
          const asset = make();
          for (const folder of FOLDERS) {
            expect(writer.write(asset, { folder })).toEqual(filesIn(folder));
          }
          // vitest would walk every pixel of every tile, which takes seconds.
          expect(isDeepStrictEqual(asset, make())).toBe(true);
        });

        test("file names are names, not paths, and each occurs once", () => {
          const paths = filesIn("art").map((file) => file.path);
          for (const path of paths)
            expect(path).toMatch(/^([a-z0-9][a-z0-9_-]*\/)*[a-z0-9][a-z0-9_-]*(\.[a-z0-9]+)+$/);
          expect(new Set(paths).size).toBe(paths.length);
        });

        test("every file says what it is", () => {
          for (const file of filesIn("art")) {
            expect(file.role).toMatch(/^[a-z]+(_[a-z]+)*$/);
            expect(file.mediaType).toMatch(/^[a-z]+\/[a-z0-9.+-]+(; charset=utf-8)?$/);
          }
        });

        test("text is LF, ends with one newline and holds no control character", () => {
          for (const { content } of textFiles(filesIn("art"))) {
            expect(content).toMatch(/[^\n]\n$/);
            expect(content.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
          }
        });

        test("JSON parses", () => {
          for (const file of textFiles(filesIn("art"))) {
            if (file.mediaType === "application/json") expect(JSON.parse(file.content)).toBeTypeOf("object");
          }
        });

        test("text of a person never becomes a resource, a script or a path", () => {
          for (const { content } of textFiles(filesIn("art"))) {
            expect(content).not.toMatch(/^\s*\[ext_resource type="Script"/m);
            expect(content).not.toMatch(/^[^"]*\.gd/m);
            for (const [, path] of content.matchAll(/path="([^"]*)"/g)) {
              // What lies in quotes that are escaped is a part of a longer string.
              if (path!.endsWith("\\")) continue;
              expect(path).toMatch(/^(res:\/\/art\/)?[a-z0-9-]+\.(png|tres)$/);
            }
          }
        });

        test("pictures are the frames, or a sheet in which every frame lies where the package says", () => {
          const asset = make();
          for (const { content } of filesIn("art")) {
            if (typeof content === "string" || content instanceof Uint8Array) continue;
            if ("frames" in content) {
              expect(content.frames).toEqual(asset.frames.map(({ image }) => image));
              expect(content.durationsMs).toEqual(asset.frames.map(({ durationMs }) => durationMs));
              continue;
            }
            if (asset.frames.some(({ image }) => equalImages(image, content.image))) continue;
            asset.frames.forEach(({ image }, index) => {
              const { x, y, width, height } = frameRect(asset, index);
              expect(x + width).toBeLessThanOrEqual(content.image.width);
              expect(y + height).toBeLessThanOrEqual(content.image.height);
              expect(equalImages(crop(content.image, x, y, width, height), image)).toBe(true);
            });
          }
        });
      });
    }
  });
}

function textFiles(files: OutputFile[]): (OutputFile & { content: string })[] {
  return files.filter((file): file is OutputFile & { content: string } => typeof file.content === "string");
}
