import { drawnBounds, type PixelImage } from "../image.ts";
import { type Box, chooseSize, mirror } from "./attach.ts";
import { findHand, findHead } from "./figure.ts";
import { type Joint, type PairQuestion, putInFront } from "./joint.ts";
import { withoutShadow } from "./without-shadow.ts";

/** A figure this much wider than high is an animal on four legs, which holds things in its mouth. */
const WIDE = 1.15;

/** Puts an item into the hand of a figure, on the side where it hides least. Null if it is too large. */
export function hold({ main, others, isFigure }: PairQuestion, box: Box): Joint | null {
  if (isFigure && box.width > WIDE * box.height) return holdInMouth(main, box, others);
  const isLong = others.every((other) => isUpright(other));
  const room = isLong
    ? { width: Math.max(3, Math.round(0.45 * box.width)), height: box.height }
    : {
        width: Math.max(5, Math.round(0.6 * box.width)),
        height: Math.max(5, Math.round(0.6 * box.height)),
      };
  const item = chooseSize(others, room);
  if (item === null) return null;
  const options = (["right", "left"] as const).flatMap((side) => {
    const hand = findHand(main, side);
    if (hand === null) return [];
    const lean = leanOf(item);
    const turned =
      (lean === "right" && side === "left") || (lean === "left" && side === "right") ? mirror(item) : item;
    const grip = gripOf(turned, side);
    const joint = putInFront(main, box, { item: turned, x: hand.x - grip.x, y: hand.y - grip.y });
    return [{ joint, cost: hiddenShare(main, joint, turned) + (side === "left" ? 0.5 : 0) }];
  });
  return options.sort((a, b) => a.cost - b.cost)[0]?.joint ?? null;
}

function holdInMouth(main: PixelImage, box: Box, others: readonly PixelImage[]): Joint | null {
  const head = findHead(main);
  const size = Math.max(5, Math.round(0.36 * box.width));
  const item = chooseSize(others, { width: size, height: size });
  if (item === null || head === null) return null;
  const isLeft = head.center < box.x + box.width / 2;
  const mouth = isLeft ? head.x + 1 : head.x + head.width - 2;
  const y = Math.round(head.y + 0.75 * head.height - item.height / 2);
  return putInFront(main, box, { item, x: Math.round(mouth - (isLeft ? 0.7 : 0.3) * item.width), y });
}

function isUpright(image: PixelImage): boolean {
  const box = drawnBounds(withoutShadow(image));
  return box !== null && box.height > 2.2 * box.width;
}

/** The side that the upper end of a slanted thing points to; null for an upright or compact one. */
function leanOf(item: PixelImage): "left" | "right" | null {
  if (item.height > 2 * item.width || item.width > 2 * item.height) return null;
  let [xy, xx, yy, count] = [0, 0, 0, 0];
  for (let p = 0; p < item.width * item.height; p++) {
    if (item.data[4 * p + 3] === 0) continue;
    const x = (p % item.width) - (item.width - 1) / 2;
    const y = Math.floor(p / item.width) - (item.height - 1) / 2;
    [xy, xx, yy, count] = [xy + x * y, xx + x * x, yy + y * y, count + 1];
  }
  const correlation = count === 0 ? 0 : xy / Math.sqrt(Math.max(1, xx * yy));
  return correlation < -0.5 ? "right" : correlation > 0.5 ? "left" : null;
}

/** The pixel of an item that lies in the hand: the lower end of a slanted one, else its middle. */
function gripOf(item: PixelImage, side: "left" | "right"): { x: number; y: number } {
  if (leanOf(item) !== null) {
    return { x: Math.round(item.width * (side === "right" ? 0.2 : 0.8)), y: Math.round(item.height * 0.8) };
  }
  const isLong = item.height > 2 * item.width;
  const inner = side === "right" ? 0.3 : 0.7;
  return {
    x: Math.round((item.width - 1) * (isLong ? 0.5 : inner)),
    y: Math.round(item.height * (isLong ? 0.58 : 0.5)),
  };
}

/** Pixels of the main thing that another one hides; those of the head count most. */
function hiddenShare(main: PixelImage, { shift, other }: Joint, item: PixelImage): number {
  const head = findHead(main);
  let cost = 0;
  if (other === null) return cost;
  for (let p = 0; p < item.width * item.height; p++) {
    if (item.data[4 * p + 3] === 0) continue;
    const x = other.x + (p % item.width) - shift.x;
    const y = other.y + Math.floor(p / item.width) - shift.y;
    if (x < 0 || y < 0 || x >= main.width || y >= main.height) continue;
    if (main.data[4 * (y * main.width + x) + 3] === 0) continue;
    const onHead = head && x >= head.x && x < head.x + head.width && y < head.y + head.height;
    cost += onHead ? 4 : 1;
  }
  return cost;
}
