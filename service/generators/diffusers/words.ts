import type { PictureKind, PictureRequest } from "../generator.ts";

/** Words around a prompt that lead a model of any pictures to pixel art. */
const TEMPLATES: Readonly<Record<PictureKind, string>> = {
  sprite: "pixel art, {prompt}, game sprite, full view, centered, flat colors, sharp edges",
  character:
    "pixel art, {prompt}, game character sprite, full body, standing, centered, flat colors, sharp edges",
  icon: "pixel art, {prompt}, game item icon, single object, centered, flat colors, sharp edges",
  portrait: "pixel art, {prompt}, head and shoulders, centered, flat colors, sharp edges",
  tile: "pixel art, {prompt}, seamless tileable texture, top view, even lighting, flat colors",
};

/** A vivid color for the ground of a drawing, and the words for it. */
interface Ground {
  words: string;
  color: readonly [number, number, number];
}
const MAGENTA: Ground = { words: "plain solid magenta background", color: [255, 0, 255] };
const GREEN: Ground = { words: "plain solid green background", color: [0, 255, 0] };

/** Chooses the ground that a drawing is cut from: one that it is unlikely to have in it. */
export function groundFor(prompt: string): Ground {
  return /pink|magenta|purple|violet|rose|lilac/i.test(prompt) ? GREEN : MAGENTA;
}

/** Puts a request into the words that the model is given. */
export function wordsFor({ prompt, kind, plainGround }: PictureRequest): string {
  const text = TEMPLATES[kind].replace("{prompt}", () => prompt);
  return plainGround ? `${text}, ${groundFor(prompt).words}` : text;
}
