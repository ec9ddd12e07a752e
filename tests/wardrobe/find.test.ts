import { cp, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { findWardrobe } from "../../service/wardrobe/find-wardrobe.ts";
import { inFolder } from "../cli/run-cli.ts";
import { WARDROBE_FOLDER, wardrobe } from "./wardrobe.ts";

const SHIPPED = dirname(WARDROBE_FOLDER);

test("the wardrobe is found among the models, and folders that hold none are passed over", async () => {
  const found = await findWardrobe(["nowhere", SHIPPED]);
  expect([...found.parts.keys()]).toEqual([...wardrobe.parts.keys()]);
});

test("parts that a user adds hang beside those that ship", () =>
  inFolder(async (dir) => {
    const own = join(dir, "models/own");
    await cp(WARDROBE_FOLDER, own, { recursive: true });
    const hat = { ...wardrobe.index.parts.find(({ slot }) => slot === "hat")!, id: "hat/own" };
    await writeFile(join(own, "index.json"), JSON.stringify({ ...wardrobe.index, parts: [hat] }));
    const found = await findWardrobe([join(dir, "models"), SHIPPED]);
    expect([found.parts.size, found.parts.has("hat/own")]).toEqual([wardrobe.parts.size + 1, true]);
  }));

test("without one, or with a damaged one, the error says what to do", () =>
  inFolder(async (dir) => {
    const missing = { code: "model-unavailable", message: expect.stringContaining("no wardrobe") };
    await expect(findWardrobe([dir])).rejects.toMatchObject(missing);
    await mkdir(join(dir, "broken"));
    await writeFile(join(dir, "broken/wardrobe.json"), "{");
    const damaged = { code: "model-unavailable", message: expect.stringContaining("is damaged") };
    await expect(findWardrobe([dir])).rejects.toMatchObject(damaged);
  }));
