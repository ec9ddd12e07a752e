import { describe, expect, test } from "vitest";
import { mirror } from "../../service/motion/mirror.ts";
import { crop, drawnBounds, equalImages, type PixelImage } from "../../service/pixel/image.ts";
import type { Canvas } from "../../service/wardrobe/canvas.ts";
import { type ComposedFrames, canvasFor, composeFrames } from "../../service/wardrobe/compose-frames.ts";
import { colorsOf, compose, KNIGHT, pixelsOf, wardrobe, wearing } from "./wardrobe.ts";

/** Columns in which a frame has one of these colors. */
function columnsWith({ width, data }: PixelImage, colors: ReadonlySet<string>): number[] {
  const found = new Set<number>();
  for (let i = 0; i < data.length; i += 4) {
    const hex = `#${Buffer.from(data.subarray(i, i + 3)).toString("hex")}`;
    if (data[i + 3] && colors.has(hex)) found.add((i / 4) % width);
  }
  return [...found].sort((a, b) => a - b);
}

const hexOf = (color: number) => `#${color.toString(16).padStart(6, "0")}`;

/** The lowest row of the body in each frame, in rows below the anchor. */
function feetOf({ drawings, worn, canvas }: ComposedFrames): number[] {
  const held = new Set(
    worn.flatMap(({ part }, i) => (["weapon", "shield", "cape"].includes(part.slot) ? [i + 1] : [])),
  );
  return drawings.map(({ width, pixels }) => {
    const last = pixels.findLastIndex((pixel) => pixel > 0 && !held.has(pixel >> 8));
    return Math.floor(last / width) - canvas.anchor.y;
  });
}

/** Pixels that differ between two frames that stand on the same spot. */
function changed(frame: PixelImage, other: PixelImage, from: Canvas, to: Canvas): number {
  const { width, height } = frame;
  const moved = crop(other, from.anchor.x - to.anchor.x, from.anchor.y - to.anchor.y, width, height);
  let count = 0;
  for (let i = 0; i < frame.data.length; i += 4) {
    if ([0, 1, 2, 3].some((k) => frame.data[i + k] !== moved.data[i + k])) count++;
  }
  return count;
}

const SIDES = ["north", "west", "south", "east"];

test("an action has the frames of its layout, and the walk is its cycle without the standing frame", async () => {
  const man = wearing("masculine", "head/human-male");
  const counts = {
    walk: 8,
    run: 8,
    idle: 2,
    jump: 5,
    slash: 6,
    thrust: 8,
    shoot: 13,
    spellcast: 7,
    hurt: 6,
    sit: 3,
  };
  for (const [action, count] of Object.entries(counts)) {
    const { frames, action: shown } = await compose(man, action);
    expect([shown, frames.length]).toEqual([action, count]);
    expect([frames[0]?.width, frames[0]?.height]).toEqual([64, 64]);
  }
});

test("who faces us shows a cape on both sides, in its own colors with a dark rim, and the feet before it", async () => {
  const dressed = await compose(KNIGHT, "walk");
  const cape = dressed.worn.findIndex(({ part }) => part.slot === "cape") + 1;
  for (const { width, pixels } of dressed.drawings) {
    const beside = { left: 0, right: 0, red: 0 };
    for (const [p, pixel] of pixels.entries()) {
      if (pixel >> 8 !== cape) continue;
      const color = dressed.worn[cape - 1]?.table[pixel & 255] ?? 0;
      if (color >> 16 > 110 && (color & 255) < 80) beside.red++;
      beside[p % width < dressed.canvas.anchor.x ? "left" : "right"]++;
    }
    expect([beside.left > 60, beside.right > 60, beside.red > 60]).toEqual([true, true, true]);
    // The lowest pixels are boots.
    expect(pixels.findLast((pixel) => pixel > 0)! >> 8).not.toBe(cape);
  }
});

test("who falls is seen from one side, so a cape hangs as its drawing has it", async () => {
  const { drawings, worn } = await compose(KNIGHT, "hurt");
  const cape = worn.findIndex(({ part }) => part.slot === "cape") + 1;
  const columns = [...(drawings[0]?.pixels ?? [])].flatMap((pixel, p) =>
    pixel >> 8 === cape ? [p % 64] : [],
  );
  expect(Math.max(...columns) - Math.min(...columns)).toBeLessThan(30);
});

test("a body is the same seen from either side, in a mirror", async () => {
  const man = wearing("masculine");
  const [west, east] = await Promise.all([compose(man, "run", "west"), compose(man, "run", "east")]);
  expect(west.frames.every((frame, i) => equalImages(mirror(frame), east.frames[i]!))).toBe(true);
  expect(equalImages(west.frames[0]!, east.frames[0]!)).toBe(false);
});

test("a diagonal is the side view with a head from the front or from behind, turned to that side", async () => {
  const man = wearing("masculine", ["head/human-male", { eye: "green" }], "legs/pants");
  const eyes = new Set(wardrobe.ramps.eye!.green!);
  const views = await Promise.all(
    ["south", "west", "south-west", "south-east", "north-west"].map((side) => compose(man, "walk", side)),
  );
  const [front, side, diagonal, other, behind] = views.map(({ frames }) => frames);
  const below = ({ width, height }: PixelImage) => [0, 40, width, height - 40] as const;
  for (const [i, frame] of diagonal!.entries()) {
    expect(equalImages(crop(frame, ...below(frame)), crop(side![i]!, ...below(frame)))).toBe(true);
  }
  /** Where the eyes are in a head, 0 to 1 from its west to its east. */
  const eyesOf = (frame: PixelImage) => {
    const head = crop(frame, 0, 0, frame.width, 33);
    const { x, width } = drawnBounds(head)!;
    return columnsWith(head, eyes).map((column) => (column + 0.5 - x) / width);
  };
  const middle = (places: number[]) => (places[0]! + places.at(-1)!) / 2;
  const [ahead, west, east] = [front, diagonal, other].map((frames) => eyesOf(frames![0]!));
  expect(middle(ahead!)).toBeCloseTo(0.5, 1);
  expect(middle(west!)).toBeLessThan(middle(ahead!) - 0.03);
  expect(middle(east!)).toBeGreaterThan(middle(ahead!) + 0.03);
  // Both eyes are seen, and none from behind.
  expect(west!.at(-1)! - west![0]!).toBeGreaterThan(0.2);
  expect(eyesOf(behind![0]!)).toEqual([]);
});

test("a cape hangs behind the body seen from the front, and over it seen from behind", async () => {
  const [front, back] = await Promise.all([
    compose(KNIGHT, "walk", "south"),
    compose(KNIGHT, "walk", "north"),
  ]);
  expect(pixelsOf(back, "armour/plate")).toBeLessThan(pixelsOf(front, "armour/plate") / 2);
  expect(pixelsOf(back, "cape/wide")).toBeGreaterThan(2 * pixelsOf(front, "cape/wide"));
});

test("a hood takes the hair away, and says so by not drawing it", async () => {
  const { drawn, worn } = await compose(
    wearing("feminine", "head/human-female", "hair/wavy", "hat/hood-cloth"),
    "walk",
  );
  expect(drawn).toContain("hat/hood-cloth");
  expect(worn.map(({ part }) => part.id)).not.toContain("hair/wavy");
});

test("the skin of a body is that of its head and ears, and not of the feathers of an arrow", async () => {
  const parts = wearing("masculine", "head/goblin", "weapon/bow-normal", "ammo/bow-arrow");
  const [green, blue] = await Promise.all([
    compose({ ...parts, skin: "green" }, "shoot", "west"),
    compose({ ...parts, skin: "blue" }, "shoot", "west"),
  ]);
  const colorOf = (composed: typeof green, part: string) => {
    const number = composed.worn.findIndex((one) => one.part.id === part) + 1;
    const at = composed.drawings[4]!.pixels.findIndex((pixel) => pixel >> 8 === number);
    return [...composed.frames[4]!.data.subarray(4 * at, 4 * at + 3)];
  };
  const middle = (one: typeof green) => [...colorsOf(one)];
  expect(middle(green)).toContain(wardrobe.ramps.skin!.green![3]);
  expect(middle(green)).not.toContain(wardrobe.ramps.skin!.blue![2]);
  expect(colorOf(green, "ammo/bow-arrow")).toEqual(colorOf(blue, "ammo/bow-arrow"));
});

test("a shield of cloth and wood keeps its wood when it is painted", async () => {
  const painted = (colors: Record<string, string>) =>
    compose(wearing("masculine", ["shield/crusader", colors]), "walk");
  const [plain, red, both] = await Promise.all([
    painted({}),
    painted({ cloth: "red" }),
    painted({ cloth: "red", "cloth:2": "cloth/navy" }),
  ]);
  const kept = (one: typeof plain) => [...colorsOf(one)].filter((color) => colorsOf(plain).has(color)).length;
  expect(kept(red)).toBeLessThan(kept(plain));
  expect(kept(both)).toBeLessThan(kept(red));
});

test("a long sword enlarges the canvas of all frames alike", async () => {
  const canvas = canvasFor(wardrobe, KNIGHT, { actions: ["idle", "walk", "attack"] });
  expect(canvas.width).toBeGreaterThan(64);
  for (const action of ["idle", "walk", "attack"]) {
    for (const direction of SIDES) {
      const { frames } = await composeFrames(wardrobe, KNIGHT, { action, direction, canvas });
      for (const frame of frames) {
        expect([frame.width, frame.height]).toEqual([canvas.width, canvas.height]);
        const { y, height } = drawnBounds(frame)!;
        expect(y + height).toBeGreaterThanOrEqual(canvas.anchor.y - 8);
      }
    }
  }
});

test("nothing is cut: a larger canvas shows no pixel more", async () => {
  const drawn = (drawings: readonly { pixels: Uint16Array }[]) =>
    drawings.reduce((sum, { pixels }) => sum + pixels.filter((pixel) => pixel > 0).length, 0);
  const huge = { width: 320, height: 320, anchor: { x: 160, y: 160 } };
  for (const weapon of [...wardrobe.parts.values()].filter(({ slot }) => slot === "weapon")) {
    const outfit = wearing("masculine", "head/human-male", weapon.id);
    for (const direction of SIDES) {
      const own = await compose(outfit, "attack", direction);
      const whole = await composeFrames(wardrobe, outfit, { action: "attack", direction, canvas: huge });
      expect(drawn(own.drawings), `${weapon.id} ${direction}`).toBe(drawn(whole.drawings));
    }
  }
}, 60_000);

test("every weapon is seen in the attack it is made for", async () => {
  for (const { id, slot, attack } of wardrobe.parts.values()) {
    if (slot !== "weapon") continue;
    const composed = await compose(wearing("masculine", "head/human-male", id), "attack", "west");
    expect(composed.drawn, `${id} ${attack}`).toContain(id);
  }
});

test("a whip cracks in frames of its own, while the arm strikes", async () => {
  const { frames, drawn } = await compose(
    wearing("masculine", "head/human-male", "weapon/whip"),
    "attack",
    "east",
  );
  expect(frames.length).toBe(8);
  expect(drawn).toContain("weapon/whip");
});

const DERIVED = [
  ["a knight in plate", KNIGHT],
  ["a skeleton", wearing("skeleton", "head/skeleton", "weapon/axe", "shield/round")],
  ["a wizard", wearing("masculine", "head/human-male", "robe/long", "weapon/gnarled")],
  ["a princess", wearing("feminine", "head/human-female", "torso/blouse-longsleeve", "legs/skirt-belle")],
  ["a legionary", wearing("masculine", "head/human-male", "legs/skirts-legion", "shield/scutum")],
] as const;

describe.each(DERIVED)("%s, who was not drawn running", (_name, outfit) => {
  const moving = (action: string, direction: string) =>
    composeFrames(wardrobe, outfit, { action, direction, armed: true });

  test("runs and jumps all the same, with all he wears, and is told apart from one who walks", async () => {
    for (const side of SIDES) {
      const [run, jump, walk] = await Promise.all([
        moving("run", side),
        moving("jump", side),
        moving("walk", side),
      ]);
      expect([run.action, jump.action]).toEqual(["run", "jump"]);
      expect([run.undrawn, jump.undrawn]).toEqual([[], []]);
      expect(run.derived.length).toBeGreaterThan(0);
      for (const [i, frame] of run.frames.entries()) {
        const size = frame.width * frame.height;
        const canvas = { width: frame.width, height: frame.height };
        expect(canvas).toEqual({ width: run.canvas.width, height: run.canvas.height });
        expect(equalImages(frame, run.frames.at(i - 1)!)).toBe(false);
        const nearest = Math.min(
          ...walk.frames.map((other) => changed(frame, other, walk.canvas, run.canvas)),
        );
        expect(nearest / size).toBeGreaterThan(0.03);
      }
    }
  });

  test("lands on the ground he stands on, and leaves it in between", async () => {
    for (const side of SIDES) {
      const stands = await moving("walk", side);
      const ground = feetOf(stands)[0]!;
      const [run, jump] = [feetOf(await moving("run", side)), feetOf(await moving("jump", side))];
      // Rows below the anchor: negative is above the ground.
      expect(Math.max(...run)).toBeLessThanOrEqual(Math.max(...feetOf(stands)) + 1);
      expect(Math.max(...run)).toBeGreaterThanOrEqual(ground - 2);
      expect(Math.min(...jump)).toBeLessThanOrEqual(ground - 2);
    }
  });

  test("wears the colors he wears walking, and no other", async () => {
    const [run, walk] = [await moving("run", "west"), await moving("walk", "west")];
    const known = new Set(walk.worn.flatMap(({ table }) => [...table.slice(1)].map(hexOf)));
    expect([...colorsOf(run)].filter((color) => !known.has(color))).toEqual([]);
  });
});

test("a part that follows the drawing of another is credited with it", async () => {
  const { drawn } = await compose(wearing("masculine", "head/human-male", "robe/long"), "run", "west");
  expect(drawn).toContain("torso/longsleeve2");
  const { drawn: walking } = await compose(
    wearing("masculine", "head/human-male", "robe/long"),
    "walk",
    "west",
  );
  expect(walking).not.toContain("torso/longsleeve2");
});

test("a sword that is put away to run is named as not drawn; else it is in the hand", async () => {
  const [away, stand] = await Promise.all([compose(KNIGHT, "run"), compose(KNIGHT, "idle")]);
  const armed = await composeFrames(wardrobe, KNIGHT, { action: "run", direction: "south", armed: true });
  expect(away.undrawn).toEqual(["weapon/longsword"]);
  expect(away.drawn).not.toContain("weapon/longsword");
  expect(stand.drawn).toContain("weapon/longsword");
  expect(armed.drawn).toContain("weapon/longsword");
});

/** The robe as a wardrobe of somebody's own may have it: without run and jump. */
const BARE = {
  ...wardrobe,
  parts: new Map(
    [...wardrobe.parts].map(([id, part]) => [
      id,
      id === "robe/long" ? { ...part, sheets: part.sheets.filter(({ derived }) => !derived) } : part,
    ]),
  ),
};

test("who wears a part without a run walks as a whole, and hops where it has no jump", async () => {
  const outfit = wearing("masculine", "head/human-male", "robe/long");
  const show = (action: string) => composeFrames(BARE, outfit, { action, direction: "west" });
  const [run, walk, jump] = await Promise.all([show("run"), show("walk"), show("jump")]);
  expect(run.action).toBe("walk");
  expect(run.frames.every((frame, i) => equalImages(frame, walk.frames[i]!))).toBe(true);
  const tops = jump.frames.map((frame) => drawnBounds(frame)!.y);
  expect(tops.map((top) => top - tops[0]!)).toEqual([0, 1, -4, -7, -1]);
});

test("who climbs is seen from behind, whatever the direction", async () => {
  for (const outfit of [wearing("masculine", "head/human-male"), wearing("skeleton", "head/skeleton")]) {
    const [south, north] = await Promise.all([
      compose(outfit, "climb", "south"),
      compose(outfit, "climb", "north"),
    ]);
    expect(south.frames.every((frame, i) => equalImages(frame, north.frames[i]!))).toBe(true);
  }
});

test("an outfit that cannot be worn is refused with the field that is wrong", async () => {
  const bad = wearing("masculine", "hat/none");
  await expect(compose(bad, "walk")).rejects.toThrow(/^Invalid outfit\.parts\[1\]\.part: got "hat\/none"/);
  await expect(compose({ ...bad, skin: "plaid", parts: [] }, "walk")).rejects.toThrow(
    /^Invalid outfit\.skin/,
  );
  const dyed = wearing("masculine", ["cape/wide", { cloth: "cloth/none" }]);
  await expect(compose(dyed, "walk")).rejects.toThrow(/colors\.cloth: got "cloth\/none"/);
  await expect(compose(KNIGHT, "yodel")).rejects.toThrow("no action yodel");
});
