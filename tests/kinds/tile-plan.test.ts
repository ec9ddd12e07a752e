import { expect, test } from "vitest";
import { parseTileRequest } from "../../service/kinds/tile/parse.ts";
import { planTile } from "../../service/kinds/tile/plan.ts";
import { createImage } from "../../service/pixel/image.ts";
import { modelOf } from "../recipes/model-of.ts";
import { noisyDrawing } from "../terrain/textures.ts";

const plan = (raw: object, decoded: object = {}) =>
  planTile(parseTileRequest(raw).request, {
    models: [modelOf()],
    decoded: { inputImage: null, palettePicture: null, neighbors: {}, ...decoded },
    ignored: [],
    chooseSeed: () => 5,
  });

test("a tile between neighbors keeps their edges and does not wrap where they are", () => {
  const left = noisyDrawing([90, 90, 90], 1);
  const { generation, tileX, tileY } = plan(
    { prompt: "stone", match_edges: { left: "x" } },
    { neighbors: { left } },
  );
  expect([tileX, tileY]).toEqual([false, true]);
  const [picture] = generation?.pictures ?? [];
  expect(picture?.known).not.toBeNull();
  expect(picture?.mask?.filter((value) => value === 0)).toHaveLength(4 * 32);
  expect(picture?.wrapX).toBe(false);
  const small = { neighbors: { left: createImage(16, 16) } };
  expect(() => plan({ prompt: "stone", match_edges: { left: "x" } }, small)).toThrow("match_edges.left");
});

test("a repair works on the given tile and asks no model", () => {
  const inputImage = noisyDrawing([90, 90, 90], 1, 16);
  const { generation, repair } = plan({ prompt: "x", repair: true, input_image: "x" }, { inputImage });
  expect(generation).toBeNull();
  expect(repair?.task).toEqual({ task: "repair-seam", tileX: true, tileY: true, seamWidth: 4 });
  expect(() => plan({ prompt: "x", repair: true })).toThrow("input_image");
});
