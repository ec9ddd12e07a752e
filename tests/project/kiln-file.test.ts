import { symlinkSync } from "node:fs";
import { expect, test } from "vitest";
import { TileRequest } from "../../service/kinds/tile/request.ts";
import { readKilnHead, readKilnOrder, seedOfName } from "../../service/project/kiln-file.ts";
import { namedPictures } from "../../service/project/kiln-pictures.ts";
import { kilnJsonSchema } from "../../service/project/kiln-schema.ts";
import { ServiceError } from "../../shared/errors.ts";
import { PNG } from "../http/canned-asset.ts";
import { makeGame, type TestGame } from "./project-setup.ts";

async function order(game: TestGame, path: string) {
  const project = await game.open();
  return readKilnOrder(await readKilnHead(game.at(path), project), project);
}

const refusal = (promise: Promise<unknown>): Promise<ServiceError> =>
  promise.then(
    () => expect.fail("it was taken"),
    (error) => (error instanceof ServiceError ? error : expect.fail(String(error))),
  );

test("without a seed the name decides it: an edit keeps the drawing, a copy draws another", async () => {
  const game = makeGame();
  game.write("hero.kiln.json", { kind: "sprite", prompt: "a hero" });
  game.write("deep/hero.kiln.json", { kind: "sprite", prompt: "a hero", color_count: 4 });
  game.write("hero-2.kiln.json", { kind: "sprite", prompt: "a hero" });
  game.write("seven.kiln.json", { kind: "sprite", prompt: "a hero", seed: 7 });
  const seeds = [];
  for (const path of ["hero", "deep/hero", "hero-2", "seven"])
    seeds.push((await order(game, `${path}.kiln.json`)).fields.seed);
  expect(seeds[0]).toBe(seedOfName("sprite", "hero"));
  expect(seeds[1]).toBe(seeds[0]);
  expect(seeds[2]).not.toBe(seeds[0]);
  expect(seeds[3]).toBe(7);
});

test("names of other services are understood, and a configured palette does not push them aside", async () => {
  const game = makeGame();
  game.write("pixelkiln.config.json", { palette: "pico-8", prompt_style: "retro" });
  game.write("a.kiln.json", { kind: "sprite", description: "a hero", color_image: "nes" });
  game.write("b.kiln.json", { kind: "sprite", prompt: "b" });
  expect((await order(game, "a.kiln.json")).fields).toMatchObject({ prompt: "a hero", input_palette: "nes" });
  expect((await order(game, "b.kiln.json")).fields).toMatchObject({
    input_palette: "pico-8",
    prompt_style: "retro",
  });
});

test.each<[string, unknown, string]>([
  ["no kind", { prompt: "x" }, "kind"],
  ["an unknown kind", { kind: "poem", prompt: "x" }, "kind"],
  ["a misspelt field", { kind: "sprite", promt: "x", prompt: "y" }, "promt"],
  ["a field of HTTP", { kind: "sprite", prompt: "x", async: true }, "async"],
  ["a field that is out of range", { kind: "sprite", prompt: "x", width: 3 }, "width"],
  ["a folder outside", { kind: "sprite", prompt: "x", output: { dir: "../x" } }, "output.dir"],
  ["an unknown part of output", { kind: "sprite", prompt: "x", output: { folder: "x" } }, "output"],
])("%s is refused by its name", async (_what, content, field) => {
  const game = makeGame();
  game.write("a.kiln.json", content);
  const { errors } = await refusal(order(game, "a.kiln.json"));
  expect(errors.map((error) => error.field)).toContain(field);
});

test.each([
  ["", "the file is empty"],
  ['{"kind": "sprite",\n "prompt": x}', "check line 2"],
  ['{"kind": "sprite", "prompt": "a', "ends too early"],
  ['{"kind": "sprite"', "ends too early"],
  ["[1]", "must have a JSON object"],
])("what is no JSON object is said in one line with its place: %j", async (text, said) => {
  const game = makeGame();
  game.write("a.kiln.json", text);
  const { code, message } = await refusal(order(game, "a.kiln.json"));
  expect(code).toBe("malformed-json");
  expect(message).toContain(said);
  expect(message).not.toContain("\n");
});

test("a picture may be a path, with and without file:, and its bytes count", async () => {
  const game = makeGame();
  game.write("art/base.png", PNG);
  game.write("art/a.kiln.json", { kind: "pixelate", input_image: "base.png" });
  game.write("art/b.kiln.json", { kind: "pixelate", input_image: "file:../art/base.png" });
  const a = await order(game, "art/a.kiln.json");
  expect(a.fields.input_image).toBe(PNG.toString("base64"));
  expect((await order(game, "art/b.kiln.json")).fields.input_image).toBe(PNG.toString("base64"));
  game.write("art/base.png", Buffer.concat([PNG, Buffer.from("more")]));
  expect((await order(game, "art/a.kiln.json")).inputSha256).not.toBe(a.inputSha256);
});

test("a mask may be a path beside the picture, and repainting it asks for the drawing again", async () => {
  const game = makeGame();
  game.write("base.png", PNG);
  game.write("mask.png", PNG);
  game.write("a.kiln.json", {
    kind: "sprite",
    prompt: "gem",
    input_image: "base.png",
    mask_image: "mask.png",
    style_reference: "base.png",
  });
  const a = await order(game, "a.kiln.json");
  expect(a.fields).toMatchObject({
    input_image: PNG.toString("base64"),
    mask_image: PNG.toString("base64"),
    style_reference: PNG.toString("base64"),
  });
  game.write("mask.png", Buffer.concat([PNG, Buffer.from("more")]));
  expect((await order(game, "a.kiln.json")).inputSha256).not.toBe(a.inputSha256);
});

test("pictures are found inside of other fields, and only where a picture is meant", () => {
  const fields = {
    prompt: "a sign.png",
    input_palette: "file:colors.png",
    match_edges: { left: "l.png", top: "til_0123456789abcdef" },
  };
  expect(namedPictures(TileRequest, fields)).toEqual([
    { field: "input_palette", path: "colors.png" },
    { field: "match_edges.left", path: "l.png" },
  ]);
});

test.skipIf(process.platform === "win32")(
  "a picture outside the project is refused, also by a link",
  async () => {
    const [game, other] = [makeGame(), makeGame()];
    other.write("secret.png", PNG);
    symlinkSync(other.at("secret.png"), game.at("link.png"));
    for (const path of [other.at("secret.png"), "../secret.png", "link.png", "missing.png"]) {
      game.write("a.kiln.json", { kind: "pixelate", input_image: path });
      const { errors } = await refusal(order(game, "a.kiln.json"));
      expect(errors).toMatchObject([{ field: "input_image" }]);
    }
  },
);

test("the configuration gives folder and engines; a wrong one is named with its field", async () => {
  const game = makeGame();
  game.write("pixelkiln.config.json", { output: "public/art", engines: ["phaser"] });
  game.write("kiln/hero.kiln.json", { kind: "sprite", prompt: "x" });
  const made = await order(game, "kiln/hero.kiln.json");
  expect([made.folder, made.engines, made.gameFolder]).toEqual([
    game.at("public/art"),
    ["phaser"],
    "public/art",
  ]);
  game.write("pixelkiln.config.json", { outputs: "x" });
  expect((await refusal(game.open())).message).toContain("pixelkiln.config.json");
});

test("the nearest configuration or game up the tree is the project of a folder", async () => {
  const game = makeGame();
  game.write("godot/project.godot", "");
  game.write("godot/art/hero.kiln.json", { kind: "sprite", prompt: "x" });
  const project = await game.open("godot/art");
  expect([project.dir, project.asked]).toEqual([game.at("godot"), game.at("godot/art")]);
  const hero = await readKilnOrder(await readKilnHead(game.at("godot/art/hero.kiln.json"), project), project);
  expect([hero.engines, hero.gameFolder, hero.shown]).toEqual([["godot"], "art", "art/hero.kiln.json"]);
});

test("the JSON schema for editors takes what a build takes and refuses what it refuses", async () => {
  const { default: Ajv } = await import("ajv/dist/2020.js");
  const validate = new Ajv.Ajv2020({ strict: false, formats: { uri: true } }).compile(kilnJsonSchema());
  const good = { $schema: "x", kind: "sprite", prompt: "x", input_image: "base.png", output: { name: "y" } };
  expect(validate(good)).toBe(true);
  for (const bad of [{ prompt: "x" }, { ...good, promt: 1 }, { ...good, async: true }, { ...good, width: 3 }])
    expect(validate(bad), JSON.stringify(bad)).toBe(false);
});
