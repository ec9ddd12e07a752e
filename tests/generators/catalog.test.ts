import { cp, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type BrokenModel, findModel, loadCatalog, loadEntry } from "../../service/generators/catalog.ts";
import { verifyFiles } from "../../service/generators/verify-files.ts";
import { modelFolder, modelsFolder } from "./generator-fixture.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "catalog-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function writeModel(name: string, change: (file: Record<string, unknown>) => void): Promise<void> {
  const file = JSON.parse(await readFile(join(modelFolder, "model.json"), "utf8")) as Record<string, unknown>;
  change(file);
  await mkdir(join(folder, name));
  for (const part of Object.values(file.files as Record<string, string>)) {
    await mkdir(dirname(join(folder, name, part)), { recursive: true });
    await writeFile(join(folder, name, part), "short");
  }
  await writeFile(join(folder, name, "model.json"), JSON.stringify(file));
}

test("the shipped model is found, with its size, licences and a hash over its files", async () => {
  const entries = await loadCatalog([modelsFolder], (broken) => expect(broken).toBeNull());
  const embedded = entries.find(({ info }) => info.id === "embedded-v1");
  expect(embedded?.info.sizes).toEqual([16, 24, 32, 48, 64]);
  expect(embedded?.info.sha256).toMatch(/^[0-9a-f]{64}$/);
  expect(embedded?.info.weightsLicense).not.toBe("");
  expect(embedded!.info.bytes).toBeGreaterThan(10_000_000);
});

test("the files of the shipped model have the hashes of its model.json", async () => {
  await expect(verifyFiles(await loadEntry(modelFolder))).resolves.toBeUndefined();
});

test("broken folders are reported with their reason and do not hide the others", async () => {
  await writeModel("good", () => {});
  await writeModel("other-backend", (file) => Object.assign(file, { backend: "magic" }));
  await writeModel("escaping", ({ files }) => Object.assign(files as object, { decoder: "../decoder.onnx" }));
  await writeModel("unhashed", (file) => Object.assign(file, { hashes: {} }));
  await writeModel("missing-file", () => {});
  await rm(join(folder, "missing-file", "decoder.onnx"));
  await mkdir(join(folder, "not-json"));
  await writeFile(join(folder, "not-json", "model.json"), "{");
  await mkdir(join(folder, "no-model"));
  const broken: BrokenModel[] = [];
  const entries = await loadCatalog([folder, join(folder, "absent")], (one) => broken.push(one));
  expect(entries.map((entry) => entry.folder)).toEqual([join(folder, "good")]);
  const reasons = Object.fromEntries(
    broken.map(({ folder: path, reason }) => [path.slice(folder.length + 1), reason]),
  );
  expect(Object.keys(reasons).sort()).toEqual([
    "escaping",
    "missing-file",
    "not-json",
    "other-backend",
    "unhashed",
  ]);
  expect(reasons["other-backend"]).toContain("backend");
  expect(reasons.escaping).toContain("decoder");
  expect(reasons["missing-file"]).toContain("decoder.onnx");
});

test("of two models with one id the first folder wins and the second is reported", async () => {
  await writeModel("a", () => {});
  await writeModel("b", () => {});
  const broken: BrokenModel[] = [];
  const entries = await loadCatalog([folder], (one) => broken.push(one));
  expect(entries.map((entry) => entry.folder)).toEqual([join(folder, "a")]);
  expect(broken[0]?.reason).toContain("embedded-v1");
});

test("a file that was cut short is refused by its name", async () => {
  const copy = join(folder, "copy");
  await cp(modelFolder, copy, { recursive: true, dereference: true });
  await truncate(join(copy, "generator.onnx"), 1000);
  const checked = verifyFiles(await loadEntry(copy));
  await expect(checked).rejects.toMatchObject({ code: "model-unavailable" });
  await expect(checked).rejects.toThrow("generator.onnx");
});

test("a model is found by its id and, where its weights are named, only with these", async () => {
  const entries = await loadCatalog([modelsFolder]);
  const [entry] = entries;
  const { id, sha256 } = entry!.info;
  expect(findModel(entries, { id })).toBe(entry);
  expect(findModel(entries, { id, sha256 })).toBe(entry);
  expect(() => findModel(entries, { id: "other" })).toThrow(
    `There is no model "other" here. Models on hand: ${id}.`,
  );
  expect(() => findModel([], { id: "other" })).toThrow("Models on hand: none.");
  expect(() => findModel(entries, { id, sha256: "0".repeat(64) })).toThrow("other weights");
});

test("a model's sha256 is another one when a setting that decides what it draws is, but not for another title", async () => {
  const latent = { channels: 12, factor: 8 };
  const changes: Record<string, object> = {
    same: {},
    title: { title: "Another name" },
    "other-steps": { defaults: { steps: 8, guidanceScale: 3, exemplars: "auto" } },
    "other-source": { defaults: { steps: 20, guidanceScale: 3, exemplars: "auto", source: "noto" } },
    "other-sizes": { sizes: [32, 48] },
    "other-latent": { latent },
  };
  const hashes: Record<string, string> = {};
  for (const [name, change] of Object.entries(changes)) {
    await writeModel(name, (file) => Object.assign(file, change));
    hashes[name] = (await loadEntry(join(folder, name))).info.sha256;
  }
  expect(hashes.title).toBe(hashes.same);
  expect(new Set(Object.values(hashes)).size).toBe(Object.keys(changes).length - 1);
});

test.each<[string, object, string]>([
  ["sizes that its latents cannot hold", { sizes: [32, 34] }, "sizes: multiples of latent.factor"],
  ["large pictures", { sizes: [512], output: "large" }, "output"],
  ["a title of two lines", { title: "Good\nmodel" }, "title: one line of text"],
  ["an escape sequence in a license", { weightsLicense: "MIT\u001b[2J" }, "weightsLicense: one line of text"],
  ["a line break in a control", { controls: ["prompt\u2028"] }, "controls.0: one line of text"],
])("an embedded model with %s is refused", async (_, change, reason) => {
  await writeModel("odd", (file) => Object.assign(file, change));
  await expect(loadEntry(join(folder, "odd"))).rejects.toThrow(reason);
});

test("an embedded model may draw several sizes, and say more than is known", async () => {
  const sizes = [16, 24, 32, 48, 64];
  await writeModel("many", (file) => Object.assign(file, { sizes, editSizes: [32] }));
  expect((await loadEntry(join(folder, "many"))).info.sizes).toEqual(sizes);
});
