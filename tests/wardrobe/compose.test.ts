import { expect, test } from "vitest";
import { mirror } from "../../service/motion/mirror.ts";
import { drawnBounds, equalImages } from "../../service/pixel/image.ts";
import { canvasFor, composeFrames } from "../../service/wardrobe/compose-frames.ts";
import { colorsOf, compose, KNIGHT, pixelsOf, wardrobe, wearing } from "./wardrobe.ts";

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

test("a body is the same seen from either side, in a mirror", async () => {
  const man = wearing("masculine");
  const [west, east] = await Promise.all([compose(man, "run", "west"), compose(man, "run", "east")]);
  expect(west.frames.every((frame, i) => equalImages(mirror(frame), east.frames[i]!))).toBe(true);
  expect(equalImages(west.frames[0]!, east.frames[0]!)).toBe(false);
});

test("between two directions the side view stands in", async () => {
  const [side, between] = await Promise.all([
    compose(KNIGHT, "walk", "west"),
    compose(KNIGHT, "walk", "north-west"),
  ]);
  expect(between.frames.every((frame, i) => equalImages(frame, side.frames[i]!))).toBe(true);
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

test("who has no run walks as a whole, and so does a man in a robe", async () => {
  for (const outfit of [
    wearing("skeleton", "head/skeleton", "weapon/axe"),
    wearing("masculine", "head/human-male", "robe/long"),
  ]) {
    const [run, walk] = await Promise.all([compose(outfit, "run", "west"), compose(outfit, "walk", "west")]);
    expect(run.action).toBe("walk");
    expect(run.frames.every((frame, i) => equalImages(frame, walk.frames[i]!))).toBe(true);
  }
});

test("who wears sleeves or greaves that were not drawn for an action does not leave them behind", async () => {
  const dressed = (part: string) =>
    compose(wearing("masculine", "head/human-male", "legs/pants", part), "run", "west");
  const [shirt, bracers, greaves] = await Promise.all(
    ["torso/longsleeve2", "arms/bracers", "legs/armour"].map(dressed),
  );
  expect([shirt!.action, bracers!.action, greaves!.action]).toEqual(["run", "walk", "walk"]);
});

test("who has no jump hops as he stands", async () => {
  const { frames } = await compose(wearing("skeleton", "head/skeleton"), "jump");
  const tops = frames.map((frame) => drawnBounds(frame)!.y);
  expect(tops.map((top) => top - tops[0]!)).toEqual([0, 1, -4, -7, -1]);
});

test("a sword that was not drawn for running is named rather than shown beside the hand", async () => {
  const [run, stand] = await Promise.all([compose(KNIGHT, "run"), compose(KNIGHT, "idle")]);
  expect(run.undrawn).toEqual(["weapon/longsword"]);
  expect(run.drawn).not.toContain("weapon/longsword");
  expect(stand.drawn).toContain("weapon/longsword");
});

test("who is to stay armed walks and hops with his sword rather than run without it", async () => {
  const armed = (action: string) =>
    composeFrames(wardrobe, KNIGHT, { action, direction: "west", armed: true });
  const [run, walk, jump] = await Promise.all([armed("run"), armed("walk"), armed("jump")]);
  expect(run.undrawn).toEqual([]);
  expect(run.frames.every((frame, i) => equalImages(frame, walk.frames[i]!))).toBe(true);
  expect(jump.drawn).toContain("weapon/longsword");
  expect(jump.frames.length).toBe(5);
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
