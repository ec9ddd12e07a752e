import { createHash } from "node:crypto";
import { readFileSync, statSync } from "node:fs";
import { expect, test } from "vitest";
import { colorsOf, compose, WARDROBE_FOLDER, wardrobe, wearing } from "./wardrobe.ts";

const about = JSON.parse(readFileSync(`${WARDROBE_FOLDER}wardrobe.json`, "utf8"));
const PERMISSIVE = /^(?:CC0|CC-BY \d|OGA-BY \d)/;

test("the files of the wardrobe are those it lists, and take less than 10 MB", () => {
  let bytes = 0;
  for (const [name, sha256] of Object.entries(about.hashes)) {
    const file = readFileSync(WARDROBE_FOLDER + name);
    expect(createHash("sha256").update(file).digest("hex")).toBe(sha256);
    bytes += statSync(WARDROBE_FOLDER + name).size;
  }
  expect(bytes).toBeLessThan(10e6);
});

test("every part is composed, is seen, and is credited under a permissive license", async () => {
  expect(wardrobe.shareAlike).toBe(false);
  for (const part of wardrobe.parts.values()) {
    const sheet = part.sheets[0]!;
    const body = sheet.body === "feminine" ? "feminine" : "masculine";
    const first = wardrobe.index.big[sheet.layout]?.action ?? Object.keys(sheet.actions ?? {})[0]!;
    const composed = await Promise.all(
      ["south", "west", "north"].map((side) => compose(wearing(body, part.id), part.attack ?? first, side)),
    );
    const drawn = composed.flatMap((one) => one.drawn);
    expect(drawn, part.id).toContain(part.id);
    const [credit] = await wardrobe.creditsOf([part.id]);
    expect(credit?.license, part.id).toMatch(PERMISSIVE);
    expect(credit?.authors.length, part.id).toBeGreaterThan(0);
    expect(credit?.consent, part.id).not.toBe("");
  }
}, 60_000);

test("a character is credited part by part, each once", async () => {
  const { drawn } = await compose(wearing("feminine", "head/human-female", "hair/wavy"), "walk");
  const credits = await wardrobe.creditsOf([...drawn, ...drawn]);
  expect(credits.map(({ part }) => part)).toEqual(["body/body", "head/human-female", "hair/wavy"]);
  await expect(wardrobe.creditsOf(["hair/none"])).rejects.toThrow("no credit for hair/none");
});

test("a part takes every ramp of its family, and no color but those of the ramp", async () => {
  const dressed = { cloth: "cape/wide", hair: "beard/long-straight", skin: "body/body" } as const;
  for (const [family, part] of Object.entries(dressed)) {
    for (const [name, ramp] of Object.entries(wardrobe.ramps[family] ?? {})) {
      const outfit = {
        ...wearing("masculine", [part, family === "skin" ? {} : { [family]: `${family}/${name}` }]),
      };
      const composed = await compose(family === "skin" ? { ...outfit, skin: name } : outfit, "idle");
      const skin = wardrobe.ramps.skin?.[outfit.skin] ?? [];
      const allowed = new Set([...ramp, ...(family === "skin" ? [] : skin)]);
      expect(
        [...colorsOf(composed)].filter((color) => !allowed.has(color)),
        `${family}/${name}`,
      ).toEqual([]);
    }
  }
}, 60_000);
