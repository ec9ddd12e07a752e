import { describe, expect, test } from "vitest";
import { pngImages } from "../../service/writers/png-images.ts";
import { pngSheet } from "../../service/writers/png-sheet.ts";
import { potionPackage } from "../asset/sample-packages.ts";
import { describeWriter } from "../contract/writer-contract.ts";

describeWriter(pngImages);
describeWriter(pngSheet);

describe("PNG files", () => {
  test("each picture has the provenance text, its own seed and the exemplars it started from", () => {
    const files = pngImages.write(potionPackage(2, { Software: "Pixelkiln", Description: "a potion" }), {
      folder: "",
    });
    expect(files.map((file) => file.path)).toEqual(["potion-1.png", "potion-2.png"]);
    expect(files[1]!.content).toMatchObject({
      text: {
        Software: "Pixelkiln",
        Description: "a potion",
        Seed: "8",
        Exemplars: "p1 (Some Set, CC0-1.0)",
      },
    });
  });

  test("a picture from text alone names no exemplar", () => {
    const asset = potionPackage(1);
    const frames = asset.frames.map((frame) => ({ ...frame, exemplars: [] }));
    const [file] = pngImages.write({ ...asset, frames }, { folder: "" });
    expect(file!.content).toMatchObject({ text: { Software: "Pixelkiln", Seed: "7" } });
    expect(file!.content).not.toHaveProperty("text.Exemplars");
  });

  test("there is a sheet only for several pictures", () => {
    expect(pngSheet.write(potionPackage(1), { folder: "" })).toEqual([]);
    const [sheet] = pngSheet.write(potionPackage(3), { folder: "" });
    expect(sheet).toMatchObject({
      path: "potion-sheet.png",
      role: "sheet",
      content: { image: { width: 16, height: 16 } },
    });
  });
});
