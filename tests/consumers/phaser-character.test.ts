import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { makeCharacter } from "../kinds/make-character.ts";
import { engineBuild, type GamePages, startGamePages } from "./game-page.ts";
import { describeWith, findChromium } from "./programs.ts";

interface Report {
  animations: { key: string; repeat: number; frames: string[]; times: number[] }[];
}

const PROBE = fileURLToPath(new URL("probes/phaser-anims-probe.js", import.meta.url));
const BUILDS = ["phaser3/dist/phaser.min.js", "phaser/dist/phaser.min.js"];

describeWith(findChromium(), "Phaser loads a character", (chromium) => {
  let pages: GamePages;

  beforeAll(async () => {
    pages = await startGamePages(chromium);
  });

  afterAll(async () => {
    await pages?.close();
  });

  test.each(BUILDS)("%s: every action and direction, with its frames, times and loops", async (build) => {
    const { files, info } = await makeCharacter({
      prompt: "elf archer",
      seed: 1,
      actions: ["walk", "attack", "hurt"],
    });
    const written = new Map(files.map(({ path, bytes }) => [path, bytes]));
    const { page, complaints } = await pages.open([engineBuild(build), PROBE], written);
    const ask = {
      loader: "aseprite",
      name: "hero",
      png: "files/hero-sheet.png",
      json: "files/hero.json",
      anims: "files/hero-anims.json",
      tick: 25,
      ticks: 2,
    };
    const { animations }: Report = await page.evaluate(
      (probe) => Reflect.get(globalThis, "probePhaserAnims")(probe),
      ask,
    );
    await page.close();
    expect(complaints).toEqual([]);
    const expected = info.actions.flatMap(({ loop, tags }) =>
      tags.map(({ name, from, to }) => ({
        key: `hero/${name}`,
        repeat: loop ? -1 : 0,
        frames: Array.from({ length: to - from + 1 }, (_, i) => `hero:${from + i}`),
        times: info.frames.slice(from, to + 1).map(({ duration }) => duration),
      })),
    );
    expect(animations).toMatchObject(expected);
  });
});
