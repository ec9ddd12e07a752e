import { describe, expect, test } from "vitest";
import { EFFECTS } from "../../service/effects/effect-table.ts";
import { findEffect } from "../../service/effects/find-effect.ts";
import { RAMPS, type Ramp } from "../../service/effects/ramps.ts";
import { toOklab } from "../../service/pixel/oklab.ts";

const hueOf = (ramp: Ramp): number => {
  const { a, b } = toOklab(ramp[2]);
  return ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360;
};

describe("a prompt names", () => {
  test.each(Object.keys(EFFECTS))("%s by its own name", (name) => {
    expect(findEffect(name.replaceAll("_", " "))).toMatchObject({ name, unmetWords: [] });
  });

  test.each([
    ["blue fire explosion", "explosion"],
    ["an explosion of blue fire", "explosion"],
    ["purple smoke", "smoke"],
    ["golden sparkles", "sparkle"],
    ["fireball", "energy_ball"],
    ["sword slash, left", "slash"],
    ["water splash", "splash"],
    ["healing spell", "heal"],
    ["bubble shield", "shield"],
    ["level up beam", "level_up"],
    ["dust when landing", "dust"],
    ["falling autumn leaves", "leaves"],
    ["ice shards", "ice_shards"],
    ["toxic gas cloud", "poison_cloud"],
    ["summoning circle", "magic_circle"],
    ["gun muzzle flash", "muzzle_flash"],
    ["snowfall", "snow"],
  ])("%s: %s", (prompt, name) => {
    expect(findEffect(prompt)?.name).toBe(name);
  });

  test.each(["knight with a red cape", "wooden chair", "", "42"])("no effect: %j", (prompt) => {
    expect(findEffect(prompt)).toBeNull();
  });
});

describe("it has the colors", () => {
  test("of its own, where none are said", () => {
    expect(findEffect("flame")?.ramp).toEqual(RAMPS.fire);
  });

  test("of its element, unless a color is said", () => {
    expect(findEffect("ice explosion")).toMatchObject({ name: "explosion", ramp: RAMPS.ice });
    expect(findEffect("dark explosion")?.ramp).toEqual(RAMPS.dark);
    expect(hueOf(findEffect("blue fire")!.ramp)).toBeGreaterThan(230);
    expect(hueOf(findEffect("blue fire")!.ramp)).toBeLessThan(290);
  });

  test("of a shade: dark blue is darker than light blue", () => {
    const [dark, light] = ["dark blue smoke", "light blue smoke"].map((prompt) => findEffect(prompt)!);
    expect(toOklab(dark!.ramp[3]).l).toBeLessThan(toOklab(light!.ramp[3]).l);
    expect([...dark!.unmetWords, ...light!.unmetWords]).toEqual([]);
  });

  test("of two, which share it: the darks of the first, the lights of the second", () => {
    const { ramp } = findEffect("red and yellow explosion")!;
    expect(ramp.slice(0, 3)).toEqual(findEffect("red explosion")!.ramp.slice(0, 3));
    expect(ramp.slice(3)).toEqual(findEffect("yellow explosion")!.ramp.slice(3));
  });

  test.each(Object.entries(RAMPS).filter(([name]) => name !== "party"))(
    "of the ramp %s, each shade lighter than the one before",
    (_, ramp) => {
      const lightness = ramp.map((color) => toOklab(color).l);
      expect(lightness).toEqual(lightness.toSorted((a, b) => a - b));
    },
  );
});

test("it points where the prompt says, if it points anywhere", () => {
  expect(findEffect("slash left")?.direction).toBe("west");
  expect(findEffect("laser up and right")?.direction).toBe("north-east");
  expect(findEffect("explosion")?.direction).toBeNull();
});

test("words that nothing shows are listed", () => {
  expect(findEffect("big explosion with a dragon")?.unmetWords).toEqual(["dragon"]);
});

test("it says if its name is a thing elsewhere", () => {
  expect(findEffect("golden shield")?.isAlsoThing).toBe(true);
  expect(findEffect("explosion")?.isAlsoThing).toBe(false);
});
