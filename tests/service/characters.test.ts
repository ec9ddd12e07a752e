import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CharacterAnswer } from "../../service/kinds/character/answer.ts";
import { AssetManifest } from "../../shared/asset.ts";
import { getJson, post } from "./service-process.ts";
import { useService } from "./use-service.ts";

const service = useService();

const make = async (body: object) => {
  const { status, body: answer } = await post(`${service.url}/v1/characters`, body);
  expect(status, JSON.stringify(answer)).toBe(200);
  return CharacterAnswer.parse(answer);
};

test("a character goes into the project as one sheet with the files of the engines", async () => {
  const output = { dir: "art", name: "hero", engine: ["godot", "phaser"] };
  const answer = await make({
    prompt: "knight with a red cape",
    actions: ["idle", "walk", "attack"],
    output,
  });
  expect(answer.model).toBeNull();
  expect(answer.unmet_words).toEqual([]);
  expect(answer.character.sheet.rows).toBe(12);
  const files = ["hero-anims.json", "hero-sheet.png", "hero.gif", "hero.json", "hero.tres", "hero.tscn"];
  expect(await readdir(join(service.dir, "art"))).toEqual(expect.arrayContaining(files));
  const manifest = AssetManifest.parse((await getJson(`${service.url}/v1/assets/${answer.id}`)).body);
  expect(manifest.character!.outfit).toEqual(answer.character.outfit);
  const gif = await fetch(service.url + answer.character.gif);
  expect(gif.headers.get("content-type")).toBe("image/gif");
});

test("the outfit of an answer is taken back as it is", async () => {
  const first = await make({ prompt: "elf archer with a green hood", actions: ["walk"] });
  const again = await make({ outfit: first.character.outfit, actions: ["walk"] });
  expect(again.images.map(({ colors }) => colors)).toEqual(first.images.map(({ colors }) => colors));
});

test("a prompt that names nobody is refused at once, and says what draws it", async () => {
  const { status, body } = await post(`${service.url}/v1/characters`, { prompt: "green slime" });
  expect([status, body.errors]).toMatchObject([
    422,
    [{ field: "prompt", expected: expect.stringContaining("animate") }],
  ]);
  const none = await post(`${service.url}/v1/characters`, {});
  expect([none.status, none.body.errors]).toMatchObject([422, [{ field: "prompt" }]]);
});
