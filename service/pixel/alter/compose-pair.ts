import { createImage, crop, drawnBounds, type PixelImage, place } from "../image.ts";
import { attach, type Box, chooseSize, overlay } from "./attach.ts";
import { fill, putInto } from "./contain.ts";
import { coverIn } from "./cover.ts";
import { findHead } from "./figure.ts";
import { groundUnder } from "./ground-under.ts";
import { hold } from "./hold.ts";
import { clampTo, type Joint, type PairQuestion, putInFront, shifted } from "./joint.ts";
import { perches, perchOnTop } from "./perch.ts";
import { isBroom, rideBroom } from "./ride-broom.ts";
import { wear } from "./wear.ts";
import { withoutShadow } from "./without-shadow.ts";

export interface Pair {
  readonly image: PixelImage;
  /** Whether the other thing is in the picture; if not, the image is the main one as it was. */
  readonly joined: boolean;
  /** Where the main thing lies now, and where the other one; null if it has no place of its own. */
  readonly main: Box;
  readonly other: Box | null;
}

/** What stands on a thing may hide this share of it. */
const MOST_HIDDEN = 0.6;

/**
 * Puts a second thing to a first: into its hand, on its head, under it, into it, over it, beside it. The main thing is
 * never resampled, only moved as far as its canvas has room; the other one is reduced by whole numbers if it is too
 * large. Dark lines part the two where their colors would merge.
 */
export function composePair(question: PairQuestion): Pair {
  const box = drawnBounds(withoutShadow(question.main));
  const nothing = { x: 0, y: 0, width: 0, height: 0 };
  if (box === null) return { image: question.main, joined: false, main: nothing, other: null };
  const joint = join(question, box);
  if (joint === null) return { image: question.main, joined: false, main: box, other: null };
  const main = { ...box, x: box.x + joint.shift.x, y: box.y + joint.shift.y };
  return { image: joint.image, joined: true, main, other: joint.other };
}

function join(question: PairQuestion, box: Box): Joint | null {
  const { main, others, relation, name, isFigure } = question;
  switch (relation) {
    case "holding":
      return hold(question, box);
    case "with":
      if (!isFigure) return perches(name) ? perchOnTop(question, box) : decorate(question, box);
      if (isWorn(name)) return wear(question, box);
      return perches(name) ? perch(question, box) : hold(question, box);
    case "wearing":
      return wear(question, box);
    case "on":
      if (isFigure && isBroom(name)) return rideBroom(question, box);
      if (isFigure && isSeat(name)) return sitOn(question, box);
      return groundUnder(main, box, name) ?? standOn(question, box);
    case "in":
      return groundUnder(main, box, name) ?? putInto(main, others);
    case "full of":
      return fill(main, others);
    case "covered in": {
      const image = coverIn(main, name, others[0] ?? null);
      return image && { image, shift: { x: 0, y: 0 }, other: null };
    }
    case "next to":
      return standBeside(question, box);
  }
}

function isWorn(name: string): boolean {
  return /^(hat|cap|crown|helmet|hood|scarf|glasses|mask|cape|cloak)$/.test(name);
}

/** A bird sits on the shoulder of a figure. */
function perch(question: PairQuestion, box: Box): Joint | null {
  const { main, others } = question;
  const head = findHead(main);
  const size = Math.max(6, Math.round(0.36 * box.height));
  const item = chooseSize(others, { width: size, height: size });
  if (item === null || head === null) return hold(question, box);
  const x = head.x + head.width - 1;
  return putInFront(main, box, { item, x, y: head.y + head.height + 2 - item.height });
}

/** What a figure sits on: it stands behind. */
const SEAT = /^(throne|chair|armchair|bench|sofa|couch|bed|seat|stool)$/;

/** Whether a figure sits on a thing of this name, rather than stands on it. */
export function isSeat(name: string | null): boolean {
  return name !== null && SEAT.test(name);
}

/** A figure before its seat. Null if that would hide the seat. */
function sitOn({ main, others }: PairQuestion, box: Box): Joint | null {
  const seat = chooseSize(others, {
    width: main.width,
    height: main.height,
    least: Math.round(0.7 * main.width),
  });
  if (seat === null || seat.width < box.width) return null;
  const x = Math.round(box.x + (box.width - seat.width) / 2);
  const other = clampTo(main, {
    x,
    y: box.y + box.height - seat.height - 1,
    width: seat.width,
    height: seat.height,
  });
  const figure = crop(main, box.x, box.y, box.width, box.height);
  const base = place(seat, createImage(main.width, main.height), other.x, other.y);
  return { image: attach(base, figure, box), shift: { x: 0, y: 0 }, other };
}

/** A thing without hands carries the other one in front, low at its side. */
function decorate({ main, others, name }: PairQuestion, box: Box): Joint | null {
  const size = (edge: number): number => Math.max(4, Math.round(0.45 * edge));
  const item = chooseSize(others, { width: size(box.width), height: size(box.height) });
  if (item === null) return null;
  if (
    /^(flower|rose|tulip|daisy|lily|cactus|plant|sapling|cherry|strawberry|crown|star|flag|bow|feather|leaf|flame|candle)$/.test(
      name,
    )
  ) {
    const x = Math.round(box.x + (box.width - item.width) / 2);
    return putInFront(main, box, { item, x, y: box.y - Math.round(0.65 * item.height) });
  }
  const x = box.x + box.width - Math.round(0.8 * item.width);
  return putInFront(main, box, { item, x, y: box.y + box.height - item.height });
}

/** The main thing stands on the other one, in front of its upper border. */
function standOn({ main, others }: PairQuestion, box: Box): Joint | null {
  const free = main.height - box.height;
  const room = {
    width: main.width,
    height: Math.max(5, Math.round(0.45 * main.height), 2 * free),
  };
  const ground = chooseSize(others, { ...room, least: Math.round(0.6 * box.width) });
  if (ground === null) return null;
  const lack = box.height + ground.height - main.height;
  const depth = Math.max(
    1,
    Math.round(0.28 * ground.height),
    Math.min(lack, Math.round(0.5 * ground.height)),
  );
  const top = Math.max(0, Math.min(box.y, main.height - box.height - ground.height + depth));
  const bottom = Math.min(main.height, top + box.height - depth + ground.height);
  const x = Math.max(
    0,
    Math.min(main.width - ground.width, Math.round(box.x + (box.width - ground.width) / 2)),
  );
  const other = { x, y: bottom - ground.height, width: ground.width, height: ground.height };
  const base = place(ground, createImage(main.width, main.height), other.x, other.y);
  const figure = crop(main, box.x, box.y, box.width, box.height);
  if (hiddenShare(ground, figure, { x: box.x - other.x, y: top - other.y }) > MOST_HIDDEN) return null;
  return { image: attach(base, figure, { x: box.x, y: top }), shift: { x: 0, y: top - box.y }, other };
}

/** The share of the pixels of one picture that another one at x, y hides. */
function hiddenShare(under: PixelImage, over: PixelImage, { x, y }: { x: number; y: number }): number {
  let [drawn, hidden] = [0, 0];
  for (let p = 0; p < under.width * under.height; p++) {
    if (under.data[4 * p + 3] === 0) continue;
    drawn += 1;
    const [u, v] = [(p % under.width) - x, Math.floor(p / under.width) - y];
    const isOver = u >= 0 && v >= 0 && u < over.width && v < over.height;
    if (isOver && over.data[4 * (v * over.width + u) + 3] !== 0) hidden += 1;
  }
  return hidden / Math.max(1, drawn);
}

/** Both side by side on one ground line; where the canvas is too narrow, the other one stands in front. */
function standBeside({ main, others }: PairQuestion, box: Box): Joint | null {
  const free = main.width - box.width;
  const width = Math.max(free, Math.round(0.5 * main.width));
  const item = chooseSize(others, { width, height: Math.max(5, Math.round(0.9 * box.height)) });
  if (item === null) return null;
  const shift = { x: -Math.min(box.x, Math.max(0, box.x + box.width + item.width - main.width)), y: 0 };
  const x = Math.min(main.width - item.width, box.x + shift.x + box.width);
  const other = { x, y: box.y + box.height - item.height, width: item.width, height: item.height };
  const base = shifted(main, shift.x, 0);
  return { image: free >= item.width ? overlay(base, item, other) : attach(base, item, other), shift, other };
}
