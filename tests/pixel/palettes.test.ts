import { describe, expect, test } from "vitest";
import { findPalette, PALETTES } from "../../shared/palettes.ts";
import { HexColor, SafeName } from "../../shared/requests.ts";

/** How many colors each palette is known to have. */
const SIZES: Readonly<Record<string, number>> = {
  "pico-8": 16,
  "sweetie-16": 16,
  "endesga-32": 32,
  "endesga-64": 64,
  apollo: 46,
  "resurrect-64": 64,
  "aap-64": 64,
  "dawnbringer-16": 16,
  "dawnbringer-32": 32,
  slso8: 8,
  "oil-6": 6,
  "game-boy": 4,
  nes: 55,
  cga: 16,
  "cga-4": 4,
  ega: 16,
  "ega-64": 64,
  c64: 16,
  "zx-spectrum": 15,
  "1-bit": 2,
};

describe("named palettes", () => {
  test.each(PALETTES)("$name holds different hex colors, a title and a source", (palette) => {
    expect(SafeName.safeParse(palette.name).success).toBe(true);
    expect(palette.title).not.toBe("");
    expect(palette.source).not.toBe("");
    for (const color of palette.colors) {
      expect(HexColor.safeParse(color).success).toBe(true);
      expect(color).toBe(color.toLowerCase());
    }
    expect(new Set(palette.colors).size).toBe(palette.colors.length);
  });

  test("have the right number of colors", () => {
    for (const [name, size] of Object.entries(SIZES))
      expect([name, findPalette(name)?.colors.length]).toEqual([name, size]);
  });

  test("have distinct names, however they are spelled", () => {
    const names = PALETTES.map(({ name }) => name.replaceAll("-", ""));
    expect(new Set(names).size).toBe(names.length);
  });

  test("are found under any spelling", () => {
    for (const name of ["Game Boy", "game_boy", "gameboy", "GAME-BOY", "dmg"])
      expect(findPalette(name)?.name).toBe("game-boy");
    for (const name of ["pico8", "PICO-8", "pico 8"]) expect(findPalette(name)?.name).toBe("pico-8");
    for (const name of ["Endesga 32", "EDG32"]) expect(findPalette(name)?.name).toBe("endesga-32");
    for (const { name, title } of PALETTES) expect([findPalette(name)?.name, title]).toEqual([name, title]);
  });

  test.each(["", "nonesuch", "constructor", "__proto__", "---"])("there is none called %j", (name) => {
    expect(findPalette(name)).toBeUndefined();
  });
});
