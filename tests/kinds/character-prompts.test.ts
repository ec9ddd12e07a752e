import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { canvasFor, composeFrames } from "../../service/wardrobe/compose-frames.ts";
import { outfitOf } from "../../service/wardrobe/outfit-of.ts";
import { wardrobe } from "../wardrobe/wardrobe.ts";

interface CharacterPrompt {
  prompt: string;
  /** Mention of the prompt -> start of the id of a part that shows it, and its ramp. */
  shows: Record<string, string>;
}

const PROMPTS: CharacterPrompt[] = JSON.parse(
  readFileSync(new URL("../../models/character-prompts.json", import.meta.url), "utf8"),
);
const ACTIONS = ["walk", "attack"];

test.each(PROMPTS)(
  "$prompt: what the prompt names is drawn in walk and attack, or told",
  async ({ prompt, shows }) => {
    const { outfit, role } = outfitOf(prompt, { seed: 1, index: wardrobe.index });
    expect(role).not.toBeNull();
    const canvas = canvasFor(wardrobe, outfit, { actions: ACTIONS, armed: true });
    const drawn = new Set<string>();
    const told = new Set<string>();
    for (const action of ACTIONS) {
      for (const direction of ["south", "west", "north"]) {
        const composed = await composeFrames(wardrobe, outfit, { action, direction, armed: true, canvas });
        for (const part of composed.drawn) drawn.add(part);
        for (const part of composed.undrawn) told.add(part);
      }
    }
    const parts = [...drawn, ...told];
    for (const [mention, what] of Object.entries(shows)) {
      const [id = ""] = what.split(" ");
      if (id.startsWith("skin/")) continue;
      expect(
        parts.some((part) => part.startsWith(id)),
        `${mention}: ${id}`,
      ).toBe(true);
    }
    expect([...told].filter((part) => !drawn.has(part))).toEqual([]);
  },
);
