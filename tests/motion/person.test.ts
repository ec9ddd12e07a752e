import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { readMotionSet, readPerson } from "../../service/kinds/animation/read-motions.ts";
import { choosePerson, personRole } from "../../service/motion/choose-person.ts";
import { boxOfCells, fitPerson, planFit } from "../../service/motion/fit-person.ts";
import { creditOf, type MotionSet, PERSON_ACTIONS } from "../../service/motion/people.ts";
import { mirror, personCells, resampleCells } from "../../service/motion/person-frames.ts";
import { pickFrames } from "../../service/motion/pick-frames.ts";
import { personColors, readPartColors, swapColors } from "../../service/motion/recolor-person.ts";
import { drawnBounds, equalImages } from "../../service/pixel/image.ts";
import { toOklab } from "../../service/pixel/oklab.ts";
import { parseHex } from "../../service/pixel/parse-hex.ts";
import { readModelFile } from "../kinds/model-files.ts";

const rgba = (data: Uint8Array, at: number): number =>
  new DataView(data.buffer, data.byteOffset).getUint32(at);
const MODEL = fileURLToPath(new URL("../../models/embedded-v1", import.meta.url));
let set: MotionSet;

beforeAll(async () => {
  set = (await readMotionSet(readModelFile))!;
});

describe("the motion set that ships with the model", () => {
  test("has diverse people, each with a license, a credit and the motions of a game", () => {
    expect(set.people.length).toBeGreaterThanOrEqual(40);
    expect(new Set(set.people.map(({ caption }) => caption)).size).toBe(set.people.length);
    for (const person of set.people) {
      expect(person.license).toBe("OGA-BY-3.0");
      expect(creditOf(set, person)).toMatch(/Wyatt .*github\.com/);
      expect(Object.keys(person.actions)).toEqual(expect.arrayContaining(["idle", "walk", "run", "attack"]));
      expect(person.parts.torso?.length, person.caption).toBeGreaterThan(1);
    }
    const words = set.people.map(({ caption }) => caption).join(" ");
    for (const word of ["woman", "man", "elderly", "helmet", "dark skinned", "light skinned", "beard"])
      expect(words).toContain(word);
  });

  test("every file has the rows and frames that the index lists", async () => {
    for (const person of set.people.filter((_, i) => i % 4 === 0)) {
      const sheet = await readPerson(readModelFile, person);
      expect(sheet.height).toBe(set.cell * person.rows.length);
      const ends = Object.values(person.actions).map(({ first, frames }) => first + frames);
      expect(sheet.width).toBe(set.cell * Math.max(...ends));
      for (const action of PERSON_ACTIONS) {
        const cells = personCells(sheet, { set, person }, { action, direction: "east" });
        for (const cell of cells) expect(drawnBounds(cell)).not.toBeNull();
      }
    }
  }, 60_000);

  test("is small enough to ship", async () => {
    const sizes = await Promise.all(
      set.people.map(async ({ file }) => (await readFile(`${MODEL}/motions/${file}`)).length),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_600_000);
  });
});

describe("the character for a prompt", () => {
  const captionFor = (prompt: string, seed = 0) =>
    choosePerson(prompt, personRole(prompt)!, { people: set.people, seed })!.person.caption;

  test("wears what its role wears", () => {
    for (const seed of [0, 1, 2]) {
      expect(captionFor("knight in blue", seed)).toMatch(/helmet|hood/);
      expect(captionFor("pirate", seed)).toContain("eyepatch");
      expect(captionFor("old grandmother", seed)).toMatch(/elderly woman/);
      expect(captionFor("girl with red hair", seed)).toMatch(/woman/);
    }
  });

  test("has a non-human skin color only if asked for", () => {
    for (let seed = 0; seed < 8; seed++) {
      expect(captionFor("villager", seed)).toMatch(/^(?:light|dark|brown) skinned|^tanned/);
    }
    expect(captionFor("alien")).toMatch(/^(?:blue|teal|purple) skinned/);
  });

  test("is the same for the same prompt and seed, and varies with the seed", () => {
    expect(captionFor("villager", 7)).toBe(captionFor("villager", 7));
    expect(new Set([0, 1, 2, 3].map((seed) => captionFor("villager", seed))).size).toBeGreaterThan(1);
  });

  test("that is also another being looks like none of the licensed characters", () => {
    for (const prompt of ["skeleton warrior", "orc soldier", "lizard knight", "wizard"])
      expect(personRole(prompt)).toMatchObject({ covered: false });
    for (const prompt of ["old soldier", "knight with a dragon", "pirate captain"])
      expect(personRole(prompt)).toMatchObject({ covered: true });
  });

  test("is only found for people", () => {
    for (const prompt of ["knight", "a brave pirate captain", "wizards", "old man"])
      expect(personRole(prompt)).not.toBeNull();
    for (const prompt of ["green slime", "red dragon", "knight's sword", "treasure chest", "orc armor"])
      expect(personRole(prompt)).toBeNull();
  });
});

describe("colors of a prompt", () => {
  test("go to the named part, or to the outfit", () => {
    const parts = (prompt: string) => readPartColors(prompt).map(({ part, word }) => `${part} ${word}`);
    expect(parts("knight in blue")).toEqual(["torso blue", "legs blue"]);
    expect(parts("blue knight")).toEqual(["torso blue", "legs blue"]);
    expect(parts("girl with red hair")).toEqual(["hair red"]);
    expect(parts("girl in green with long red hair")).toEqual(["torso green", "legs green", "hair red"]);
    expect(parts("farmer with brown boots")).toEqual(["feet brown"]);
    expect(parts("farmer")).toEqual([]);
  });

  test("swap the ramp of the clothes and leave skin and hair alone", () => {
    for (const person of set.people) {
      const map = personColors(person, readPartColors("person in blue"));
      for (const hex of [...(person.parts.skin ?? []), ...(person.parts.hair ?? [])])
        expect(map.has(parseHex(hex))).toBe(false);
      const blue = [...map.values()].filter((color) => {
        const { l, a, b } = toOklab(color);
        return l > 0.25 && Math.hypot(a, b) > 0.03 && b < -0.02;
      });
      expect(blue.length, person.caption).toBeGreaterThan(1);
    }
  });

  test("one map for all frames keeps equal colors equal", async () => {
    const person = set.people[0]!;
    const sheet = await readPerson(readModelFile, person);
    const swapped = swapColors(sheet, personColors(person, readPartColors("person in red")));
    const seen = new Map<number, number>();
    let different = 0;
    for (let i = 0; i < sheet.data.length; i += 4) {
      const from = rgba(sheet.data, i);
      const to = rgba(swapped.data, i);
      if ((seen.get(from) ?? to) !== to) different++;
      seen.set(from, to);
    }
    expect(different).toBe(0);
  });
});

describe("frames of a motion", () => {
  test.each([
    [8, 8, [0, 1, 2, 3, 4, 5, 6, 7]],
    [8, 4, [0, 2, 4, 6]],
    [8, 2, [0, 4]],
    [8, 1, [0]],
  ])("%i become %i by even picks", (available, count, expected) => {
    const { picks, held } = pickFrames(available, count, true);
    expect(picks).toEqual(expected.map((frame) => ({ upper: frame, lower: frame })));
    expect(held).toBe(0);
  });

  test("a motion that plays once starts and ends as it was drawn", () => {
    const { picks } = pickFrames(7, 4, false);
    expect(picks.map(({ upper }) => upper)).toEqual([0, 2, 4, 6]);
  });

  test("up to twice as many differ: the torso of one frame on the legs of the next", () => {
    const { picks, held } = pickFrames(8, 16, true);
    expect(held).toBe(0);
    expect(picks.slice(0, 3)).toEqual([
      { upper: 0, lower: 0 },
      { upper: 0, lower: 1 },
      { upper: 1, lower: 1 },
    ]);
    expect(picks.at(-1)).toEqual({ upper: 7, lower: 0 });
  });

  test("more than that are held, and counted", () => {
    expect(pickFrames(8, 32, true)).toMatchObject({ held: 16 });
  });

  test("west is east mirrored, and diagonals show the side view", async () => {
    const person = set.people.find(({ rows }) => !rows.includes("west"))!;
    const sheet = await readPerson(readModelFile, person);
    const cells = (direction: string) => personCells(sheet, { set, person }, { action: "walk", direction });
    cells("west").forEach((cell, i) => {
      expect(equalImages(cell, mirror(cells("east")[i]!))).toBe(true);
    });
    expect(cells("south-east")).toEqual(cells("east"));
    expect(cells("north-west")).toEqual(cells("west"));
  });

  test.each([24, 32, 48, 64])(
    "stand on one line of a %i-pixel canvas, uncropped, in every action",
    async (edge) => {
      const canvas = { width: edge, height: edge };
      for (const person of set.people.slice(0, 2)) {
        const sheet = await readPerson(readModelFile, person);
        const cells = (["idle", "walk", "attack"] as const).flatMap((action) =>
          ["south", "north", "east"].flatMap((direction) =>
            personCells(sheet, { set, person }, { action, direction }),
          ),
        );
        const fit = planFit(set, boxOfCells(cells), canvas);
        for (const cell of cells) {
          const frame = fitPerson(cell, fit, canvas);
          const box = drawnBounds(frame)!;
          const whole = drawnBounds(cell)!;
          expect(box.height / whole.height).toBeGreaterThan((fit.edge / set.cell) * 0.8);
          expect(Math.abs(box.y + box.height - fit.anchor.y)).toBeLessThanOrEqual(2);
        }
        const idle = personCells(sheet, { set, person }, { action: "idle", direction: "south" });
        const { frames } = resampleCells(idle, { count: 4, cycle: true, feet: set.anchor.y });
        const bottoms = frames
          .map((cell) => drawnBounds(fitPerson(cell, fit, canvas))!)
          .map(({ y, height }) => y + height);
        expect(new Set(bottoms).size).toBe(1);
      }
    },
  );
});
