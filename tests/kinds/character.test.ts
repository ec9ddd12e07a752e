import { deserialize, serialize } from "node:v8";
import { deflateSync, inflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { character } from "../../service/kinds/character/kind.ts";
import { colorsOf } from "../../service/pixel/colors-of.ts";
import { crop, drawnBounds, equalImages } from "../../service/pixel/image.ts";
import { findPalette } from "../../shared/palettes.ts";
import { makeCharacter } from "./make-character.ts";
import { createTestWorker, quiet, targetOf } from "./test-worker.ts";

const worker = createTestWorker();

const KNIGHT = { prompt: "knight with a red cape", seed: 1 };
const ALL = ["idle", "walk", "run", "attack", "hurt", "jump"];
const SIDES = ["south", "west", "east", "north"];

describe("one character", () => {
  test("has all its actions and directions on one sheet, a tag for each, one anchor", async () => {
    const { info, manifest, framesOf } = await makeCharacter({ ...KNIGHT, actions: ALL });
    const tags = info.actions.flatMap(({ tags: own }) => own.map(({ name }) => name));
    expect(tags).toEqual(ALL.flatMap((action) => SIDES.map((side) => `${action}_${side}`)));
    expect(info.role).toBe("knight");
    expect(manifest.checks).toMatchObject({ anchor_drift_px: 0, off_palette_pixels: 0 });
    expect(manifest.checks.partial_alpha_pixels).toBe(0);
    for (const tag of tags) {
      for (const frame of framesOf(tag)) {
        expect(frame).toMatchObject({ width: info.frame_size.width, height: info.frame_size.height });
        expect(drawnBounds(frame), tag).not.toBeNull();
      }
    }
  });

  test.each([16, 24, 32, 48, 64])(
    "of %i pixels stands between its feet, in a cell that holds it",
    async (size) => {
      const { info, framesOf } = await makeCharacter({
        prompt: "old wizard",
        seed: 2,
        size,
        actions: ["walk"],
      });
      expect(info.frame_size.height).toBeGreaterThanOrEqual(size);
      const { y, height } = drawnBounds(framesOf("walk_south")[0]!)!;
      expect(Math.abs(y + height - info.anchor.y)).toBeLessThanOrEqual(2);
      expect(height).toBeLessThanOrEqual(size);
      expect(height).toBeGreaterThan(0.6 * size);
    },
  );

  test("seen from one side has tags without a direction", async () => {
    const { info } = await makeCharacter({ ...KNIGHT, directions: 1 });
    expect(info.actions.map(({ tags }) => tags.map(({ name }) => name))).toEqual([["idle"], ["walk"]]);
  });

  test("of eight directions has the diagonals of animations after the others, and says how they are drawn", async () => {
    const { info, manifest, framesOf } = await makeCharacter({ ...KNIGHT, actions: ["walk"], directions: 8 });
    const diagonals = ["south_west", "south_east", "north_west", "north_east"];
    expect(info.actions[0]!.tags.map(({ name }) => name)).toEqual(
      [...SIDES, ...diagonals].map((side) => `walk_${side}`),
    );
    expect(equalImages(framesOf("walk_south_west")[0]!, framesOf("walk_west")[0]!)).toBe(false);
    expect(equalImages(framesOf("walk_south_west")[0]!, framesOf("walk_north_west")[0]!)).toBe(false);
    expect(manifest.warnings.join()).toContain("Diagonals are side views with the head turned.");
  });

  test("of eight directions and many actions has a sheet that every machine can load", async () => {
    const actions = ["idle", "walk", "run", "jump", "attack", "cast", "slash", "thrust", "combat_idle"];
    const farmer = { prompt: "farmer", seed: 1, actions, directions: 8, size: 64 };
    const { info, manifest, framesOf } = await makeCharacter(farmer);
    // More rows than fit below each other.
    expect(actions.length * 8 * info.frame_size.height).toBeGreaterThan(4096);
    expect(info.sheet.columns * info.frame_size.width).toBeLessThanOrEqual(4096);
    expect(info.sheet.rows * info.frame_size.height).toBeLessThanOrEqual(4096);
    const corners = info.frames.map(({ frame: { x, y } }) => `${x} ${y}`);
    expect(new Set(corners).size).toBe(info.frames.length);
    expect(framesOf("combat_idle_north_east").every((frame) => drawnBounds(frame) !== null)).toBe(true);
    expect(manifest.warnings.join()).not.toContain("The sheet is");
  });

  test("that falls does so in one direction, and the tags of all share its frames", async () => {
    const { info, manifest } = await makeCharacter({ ...KNIGHT, actions: ["hurt", "die"] });
    expect(info.frames).toHaveLength(4 + 6);
    expect(info.actions[0]!.tags.map(({ from, to }) => [from, to])).toEqual(SIDES.map(() => [0, 3]));
    expect(manifest.warnings.join()).toContain("hurt looks the same in every direction");
  });

  test("enlarged has larger frames and an anchor as far along", async () => {
    const small = await makeCharacter({ ...KNIGHT, actions: ["idle"] });
    const large = await makeCharacter({ ...KNIGHT, actions: ["idle"], upscale_output_factor: 2 });
    expect(large.info.anchor).toEqual({ x: 2 * small.info.anchor.x, y: 2 * small.info.anchor.y });
    expect(large.framesOf("idle_south")[0]!.width).toBe(2 * small.info.frame_size.width);
  });
});

describe("time", () => {
  test("is exact: 12 frames a second are 12 in Godot, and whole ms that add up elsewhere", async () => {
    const { info, textOf } = await makeCharacter({ ...KNIGHT, actions: ["walk"], fps: 12, directions: 1 });
    expect(textOf(".tres")).toContain('"speed": 12.0');
    expect(textOf(".tres")).not.toMatch(/"duration": (?!1\.0)/);
    const ms = info.frames.map(({ duration }) => duration);
    expect(ms.every(Number.isInteger)).toBe(true);
    expect(ms.reduce((sum, one) => sum + one, 0)).toBe(Math.round(8000 / 12));
    const { frames } = JSON.parse(textOf("hero.json"));
    expect(frames.map(({ duration }: { duration: number }) => duration)).toEqual(ms);
  });

  test("is set for each action; cycles loop and blows do not, in every file", async () => {
    const request = { ...KNIGHT, actions: ["walk", "attack"], fps: { walk: 5, jump: 9 }, directions: 1 };
    const { info, textOf, manifest } = await makeCharacter(request);
    expect(info.actions.map(({ fps, loop }) => [fps, loop])).toEqual([
      [5, true],
      [12.5, false],
    ]);
    expect(manifest.ignored_parameters).toEqual([
      { name: "fps.jump", reason: "jump is not among the actions" },
    ]);
    const { meta } = JSON.parse(textOf("hero.json"));
    expect(meta.frameTags).toMatchObject([{ name: "walk" }, { name: "attack", repeat: "1" }]);
    expect(meta.frameTags[0].repeat).toBeUndefined();
    const { anims } = JSON.parse(textOf("-anims.json"));
    expect(anims.map(({ key, repeat }: { key: string; repeat: number }) => [key, repeat])).toEqual([
      ["hero/walk", -1],
      ["hero/attack", 0],
    ]);
    expect(textOf(".tres").match(/"loop": (?:true|false)/g)).toEqual(['"loop": true', '"loop": false']);
  });
});

test("loops as asked, each action for itself, in every file", async () => {
  const loop = { walk: false, attack: "pingpong" };
  const { info, textOf, manifest } = await makeCharacter({
    ...KNIGHT,
    actions: ["idle", "walk", "attack"],
    directions: 1,
    loop,
  });
  expect(info.actions.map((action) => action.loop)).toEqual([true, false, "pingpong"]);
  const { meta } = JSON.parse(textOf("hero.json"));
  expect(meta.frameTags).toMatchObject([
    { direction: "forward" },
    { repeat: "1" },
    { direction: "pingpong" },
  ]);
  expect(textOf(".tres").match(/"loop": (?:true|false)/g)).toEqual([
    '"loop": true',
    '"loop": false',
    '"loop": true',
  ]);
  expect(manifest.request).toMatchObject({ loop: { idle: true, ...loop } });
});

describe("portrait and icon", () => {
  const both = { portrait: true, icon: true, actions: ["idle"] };

  test("show the same person: head and shoulders, and head, in the pixels of the 64 pixel cell", async () => {
    const { pictureOf, framesOf, files } = await makeCharacter({ ...KNIGHT, ...both, size: 64 });
    const [portrait, icon] = [await pictureOf("portrait"), await pictureOf("icon")];
    expect([portrait.width, portrait.height, icon.width, icon.height]).toEqual([40, 40, 32, 32]);
    const frame = framesOf("idle_south")[0]!;
    const box = drawnBounds(portrait)!;
    const pixels = Buffer.from(crop(portrait, box.x, box.y, box.width, 12).data);
    const inFrame = Array.from({ length: frame.height * frame.width }, (_, at) =>
      Buffer.from(crop(frame, at % frame.width, Math.floor(at / frame.width), box.width, 12).data),
    );
    expect(inFrame.some((part) => part.equals(pixels))).toBe(true);
    expect(drawnBounds(icon)!.height).toBeLessThan(drawnBounds(portrait)!.height);
    expect(
      files
        .filter(({ path }) => /-(?:portrait|icon)/.test(path))
        .map(({ path }) => path)
        .sort(),
    ).toEqual(["hero-icon.png", "hero-icon.png.import", "hero-portrait.png", "hero-portrait.png.import"]);
  });

  test("are no smaller for smaller people, except for the icons of the smallest", async () => {
    const small = await makeCharacter({ ...KNIGHT, ...both, size: 32 });
    const large = await makeCharacter({ ...KNIGHT, ...both, size: 64 });
    expect(equalImages(await small.pictureOf("portrait"), await large.pictureOf("portrait"))).toBe(true);
    expect(equalImages(await small.pictureOf("icon"), await large.pictureOf("icon"))).toBe(true);
    const tiny = await (await makeCharacter({ ...KNIGHT, ...both, size: 16 })).pictureOf("icon");
    expect([tiny.width, tiny.height]).toEqual([16, 16]);
    expect(drawnBounds(tiny)).not.toBeNull();
  });

  test("hold no weapon, keep the palette, and are only made when asked for", async () => {
    const palette = { input_palette: "pico-8", outline_color: "#000000" };
    const { pictureOf } = await makeCharacter({ ...KNIGHT, ...both, ...palette });
    const known = new Set(findPalette("pico-8")!.colors.map((color) => color.toLowerCase()));
    for (const role of ["portrait", "icon"])
      for (const color of colorsOf(await pictureOf(role))) expect(known).toContain(color);
    const plain = await makeCharacter({ ...KNIGHT, actions: ["idle"] });
    expect(plain.files.some(({ role }) => role === "portrait" || role === "icon")).toBe(false);
  });
});

test("colors that are asked for hold for all frames together", async () => {
  const few = await makeCharacter({ ...KNIGHT, color_count: 8 });
  expect(few.manifest.checks.palette_union).toBeLessThanOrEqual(8);
  const named = await makeCharacter({ ...KNIGHT, input_palette: "pico-8", actions: ["idle"] });
  expect(named.manifest.palette).toMatchObject({ name: "pico-8", locked: true });
  expect(named.manifest.checks.off_palette_pixels).toBe(0);
  const lined = await makeCharacter({ ...KNIGHT, outline_color: "#ff00ff", actions: ["idle"] });
  expect(lined.manifest.palette.colors).toContain("#ff00ff");
});

test("a plan is not drawn with another wardrobe than it was made with", async () => {
  const { request, ignored } = character.parse({ ...KNIGHT, actions: ["idle"] });
  const order = { kind: "character", request: { ...request }, ignored, sheets: null };
  const { plan } = await worker.plan(order, quiet());
  const draw = (bytes: Uint8Array) =>
    worker.make({ kind: "character", from: { plan: bytes, model: null }, target: targetOf("hero") }, quiet());
  expect((await draw(plan)).files.length).toBeGreaterThan(0);
  const other = deflateSync(serialize({ ...deserialize(inflateSync(plan)), wardrobe: "0".repeat(64) }));
  await expect(draw(other)).rejects.toMatchObject({ fault: "other-wardrobe" });
});

describe("the outfit of an answer", () => {
  test("sent back is the same character, whatever the seed", async () => {
    const { info, framesOf } = await makeCharacter({ ...KNIGHT, actions: ["walk"] });
    const again = await makeCharacter({ outfit: info.outfit, seed: 99, actions: ["walk"] });
    expect(equalImages(again.framesOf("walk_west")[3]!, framesOf("walk_west")[3]!)).toBe(true);
    expect(again.info.role).toBeNull();
  });

  test("sent back with changes is the same one with a blue cape and a bow", async () => {
    const { info } = await makeCharacter({ ...KNIGHT, actions: ["idle"] });
    const parts = info.outfit.parts
      .filter(({ part }) => !part.startsWith("weapon/"))
      .map((one) => (one.part === "cape/wide" ? { ...one, colors: { cloth: "cloth/blue" } } : one));
    const outfit = { ...info.outfit, parts: [...parts, { part: "weapon/bow-normal", colors: {} }] };
    const changed = await makeCharacter({ ...KNIGHT, outfit, actions: ["attack"] });
    expect(changed.info.actions[0]!.shown).toBe("shoot");
    expect(changed.info.outfit).toEqual(outfit);
    expect(changed.manifest.provenance.parts!.map(({ part }) => part)).toContain("weapon/bow-normal");
  });

  test("with a part or a color that does not exist is refused, and the field is named", async () => {
    const outfit = { body: "masculine", skin: "light", parts: [{ part: "cape/none" }] };
    await expect(makeCharacter({ outfit })).rejects.toMatchObject({
      code: "invalid-request",
      errors: [{ field: "outfit.parts[0].part" }],
    });
    const green = { ...outfit, skin: "tartan" };
    await expect(makeCharacter({ outfit: green })).rejects.toMatchObject({
      errors: [{ field: "outfit.skin" }],
    });
  });
});

describe("what cannot be shown", () => {
  test("is told: words that nothing shows, and actions that something stands in for", async () => {
    const { manifest } = await makeCharacter({
      prompt: "elf archer with a halberd",
      seed: 1,
      actions: ["run", "climb"],
    });
    expect(manifest.unmet_words).toEqual(["halberd"]);
    const told = manifest.warnings.join("\n");
    expect(told).toContain("Nothing shows halberd.");
    expect(told).toMatch(/^Not drawn in climb: .*weapon\//m);
  });

  test("fails when strict, if it is a thing or a color; how something is does not", async () => {
    await expect(makeCharacter({ prompt: "knight with a halberd", strict: true })).rejects.toMatchObject({
      errors: [{ field: "prompt", got: '"halberd"' }],
    });
    const { manifest } = await makeCharacter({
      prompt: "zombie in torn clothes",
      strict: true,
      actions: ["walk"],
    });
    expect(manifest.unmet_words).toEqual(["torn"]);
  });

  test.each([
    ["brave knight", "brave"],
    ["handsome valiant prince", "handsome,valiant"],
  ])("does not fail on praise: %s", async (prompt, words) => {
    const { manifest } = await makeCharacter({ prompt, strict: true, seed: 1, actions: ["idle"] });
    expect(manifest.unmet_words!.join()).toBe(words);
    expect(manifest.warnings.filter((text) => text.includes("Nothing shows"))).toHaveLength(1);
  });

  test.each(["kid", "child wizard", "two children in red shirts"])(
    "%s: that nobody is small is told",
    async (prompt) => {
      const { manifest } = await makeCharacter({ prompt, seed: 1, actions: ["idle"] });
      expect(manifest.unmet_words!.some((word) => /^(?:kid|child|children)$/.test(word))).toBe(true);
    },
  );

  test.each(["green slime", "treasure chest", "wolf"])("%s is nobody: animate draws it", async (prompt) => {
    await expect(makeCharacter({ prompt })).rejects.toMatchObject({
      code: "invalid-request",
      errors: [{ field: "prompt", expected: expect.stringContaining("animate") }],
    });
  });

  test("runs with its katana, or without it if it need not be armed", async () => {
    const ninja = { prompt: "ninja with a katana", seed: 1, actions: ["walk", "run"] };
    const armed = await makeCharacter(ninja);
    const bare = await makeCharacter({ ...ninja, armed: false });
    for (const { info } of [armed, bare]) expect(info.actions[1]!.shown).toBe("run");
    const widths = [armed, bare].map(({ framesOf }) => drawnBounds(framesOf("run_west")[0]!)!.width);
    expect(widths[1]).toBeLessThan(widths[0]!);
    // Who asked for it need not be told.
    expect(bare.manifest.warnings.join()).not.toContain("weapon/");
  });

  test("is told of clothes whose run was made from their walk, once for all actions", async () => {
    const { manifest, info } = await makeCharacter({ ...KNIGHT, actions: ["walk", "run"] });
    expect(info.actions.map(({ shown }) => shown)).toEqual(["walk", "run"]);
    const told = manifest.warnings.filter((text) =>
      text.startsWith("Made by program from the walk, in run:"),
    );
    expect(told).toHaveLength(1);
    expect(told[0]).toContain("legs/armour");
    const credited = manifest.provenance.parts!.map(({ part }) => part);
    expect(credited).toContain("legs/pants");
  });
});

test("every part that is seen is credited, with authors, license and consent", async () => {
  const { manifest, info } = await makeCharacter({ ...KNIGHT, actions: ALL });
  const { parts = [], credit = "" } = manifest.provenance;
  // What the run of the armor follows is credited as well.
  const followed = ["legs/pants", "torso/longsleeve2", "feet/shoes-basic", "body/body"];
  const worn = new Set([...info.outfit.parts.map(({ part }) => part), ...followed]);
  expect(parts.length).toBeGreaterThan(5);
  for (const part of parts) {
    expect(worn).toContain(part.part);
    expect([part.license, part.consent].every((text) => text !== "")).toBe(true);
    for (const author of part.authors) expect(credit).toContain(author);
    expect(credit).toContain(part.license);
  }
});

test("the resolved request gives the same bytes again", async () => {
  const first = await makeCharacter({ prompt: "pirate captain", actions: ["walk", "attack"] });
  const again = await makeCharacter(first.manifest.request);
  expect(again.files).toEqual(first.files);
});
