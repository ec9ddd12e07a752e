import { ServiceError } from "../../../shared/errors.ts";
import type { DirectionFrames } from "../../asset/assemble-animation.ts";
import { findStart, startAt } from "../../motion/close-loop.ts";
import { findMotion } from "../../motion/find-motion.ts";
import { boxOfCells, fitPerson, type PersonFit, planFit } from "../../motion/fit-person.ts";
import type { MotionSet } from "../../motion/people.ts";
import { mirror, personCells, resampleCells, rowOf } from "../../motion/person-frames.ts";
import { swapColors } from "../../motion/recolor-person.ts";
import { asStill } from "../../motion/still.ts";
import { tellApart } from "../../motion/tell-apart.ts";
import { createImage, crop, drawnBounds, type PixelImage, place } from "../../pixel/image.ts";
import type { AnimationPlan, AnimationSource } from "./animation-plan.ts";
import { moveSubject } from "./move-subject.ts";

/** All frames of an animation before their colors are held to a palette, and their anchor. */
export interface MadeFrames {
  directions: DirectionFrames[];
  anchor: { x: number; y: number };
  /** Direction -> the direction it mirrors. */
  mirrored: Record<string, string>;
  warnings: string[];
}

/** What is animated: the drawn pictures of a plan, or the frames of a person. */
export type Material = { pictures: readonly PixelImage[] } | { sheet: PixelImage };

/**
 * Makes the frames of a plan from its material. Between directions it yields to the event loop (`pause`), because it
 * moves the pixels itself. Throws `generation-failed` if the drawing is empty.
 */
export async function makeFrames(
  plan: AnimationPlan,
  material: Material,
  pause: () => Promise<unknown>,
): Promise<MadeFrames> {
  const made = await makeOrdered(plan, material, pause);
  // The user's picture stays the first frame, wherever the largest step is.
  if (plan.loop !== true || plan.source.by === "input") return made;
  const start = findStart(made.directions.map(({ frames }) => frames));
  const directions = made.directions.map(({ direction, frames }) => {
    return { direction, frames: startAt(frames, start) };
  });
  return { ...made, directions };
}

async function makeOrdered(
  plan: AnimationPlan,
  material: Material,
  pause: () => Promise<unknown>,
): Promise<MadeFrames> {
  if (plan.source.by === "person" && "sheet" in material)
    return movePerson(plan, plan.source, { sheet: material.sheet, pause });
  const pictures = "pictures" in material ? material.pictures : [];
  return plan.source.by === "model"
    ? orderModelFrames(plan, pictures)
    : moveDrawing(plan, pictures[0], pause);
}

/** Takes the frames that a model drew, direction by direction. */
function orderModelFrames(
  { directions, count, anchor }: AnimationPlan,
  pictures: readonly PixelImage[],
): MadeFrames {
  const made = directions.map((direction, i) => ({
    direction,
    frames: pictures.slice(i * count, (i + 1) * count),
  }));
  return { directions: made, anchor: anchorOf(pictures, anchor), mirrored: {}, warnings: [] };
}

async function moveDrawing(
  plan: AnimationPlan,
  drawn: PixelImage | undefined,
  pause: () => Promise<unknown>,
): Promise<MadeFrames> {
  const { canvas, directions, source } = plan;
  const given = drawn ?? createImage(canvas.width, canvas.height);
  const image = source.by === "input" ? given : onCanvas(given, canvas);
  const still = asStill(image);
  if (!still)
    throw new ServiceError(
      "generation-failed",
      "The drawing is empty, so there is nothing to animate: try another seed.",
    );
  const made: DirectionFrames[] = [];
  const mirrored: Record<string, string> = {};
  const frames = moveSubject(plan, still, "south");
  const anchor = anchorOf([image], plan.anchor);
  for (const direction of directions) {
    await pause();
    const isMirrored = plan.mirror && direction.endsWith("west");
    if (isMirrored) mirrored[direction] = direction.replace("west", "east");
    made.push({
      direction,
      frames: isMirrored ? frames.map((frame) => mirrorAbout(frame, anchor.x)) : frames,
    });
  }
  return { directions: made, anchor, mirrored, warnings: [] };
}

/** Mirrors a frame around its anchor, which stays in place. */
function mirrorAbout(frame: PixelImage, x: number): PixelImage {
  return crop(mirror(frame), frame.width - 2 * x, 0, frame.width, frame.height);
}

/** Places a still on the bottom row of the canvas, horizontally centered. */
function onCanvas(image: PixelImage, canvas: AnimationPlan["canvas"]): PixelImage {
  const box = drawnBounds(image);
  if (!box) return image;
  const cut = crop(image, box.x, box.y, box.width, box.height);
  const x = Math.floor((canvas.width - box.width) / 2);
  return place(cut, createImage(canvas.width, canvas.height), x, canvas.height - box.height - 1);
}

type PersonSource = Extract<AnimationSource, { by: "person" }>;

async function movePerson(
  plan: AnimationPlan,
  source: PersonSource,
  { sheet, pause }: { sheet: PixelImage; pause: () => Promise<unknown> },
): Promise<MadeFrames> {
  const { set, chosen, colors } = source;
  const { person } = chosen;
  const fit = planFit(set, boxOfCells(allCells(sheet, set)), plan.canvas);
  const colored = swapColors(sheet, colors);
  const made: DirectionFrames[] = [];
  const mirrored: Record<string, string> = {};
  let held = 0;
  let drawn = 0;
  for (const direction of plan.directions) {
    await pause();
    const action = source.action ?? "idle";
    const cells = personCells(colored, { set, person }, { action, direction });
    const result = source.action
      ? resampleCells(cells, { count: plan.count, cycle: isCycle(plan), feet: set.anchor.y })
      : { frames: cells.slice(0, 1), held: 0 };
    held = Math.max(held, result.held);
    drawn = Math.max(drawn, cells.length);
    const fitted = result.frames.map((cell) => fitPerson(cell, fit, plan.canvas));
    const [first] = fitted;
    const still = source.action || !first ? null : asStill(first);
    made.push({
      direction,
      frames: still ? moveSubject(plan, still, direction) : tellApart(fitted, plan.loop === true),
    });
    if (rowOf(person, direction).mirrored) mirrored[direction] = direction.replace("west", "east");
  }
  return {
    directions: made,
    anchor: anchorOfPerson(plan, fit),
    mirrored,
    warnings: heldWarning(plan, drawn, held),
  };
}

function isCycle({ loop, action, actionWords }: AnimationPlan): boolean {
  return loop === true && findMotion(action, actionWords).cycle;
}

function anchorOfPerson({ anchor, canvas }: AnimationPlan, fit: PersonFit): { x: number; y: number } {
  return anchor === "feet" ? fit.anchor : { x: fit.anchor.x, y: Math.floor(canvas.height / 2) };
}

function heldWarning({ count }: AnimationPlan, drawn: number, held: number): string[] {
  if (held === 0) return [];
  return [
    `The motion has only ${drawn} drawn frames: ${held} of ${count} frames repeat the one before, slightly moved.`,
  ];
}

function allCells(sheet: PixelImage, { cell }: MotionSet): PixelImage[] {
  const cells: PixelImage[] = [];
  for (let y = 0; y < sheet.height; y += cell)
    for (let x = 0; x < sheet.width; x += cell) cells.push(crop(sheet, x, y, cell, cell));
  return cells;
}

/** Finds the ground point of overlaid pictures, or their center. */
function anchorOf(images: readonly PixelImage[], anchor: AnimationPlan["anchor"]): { x: number; y: number } {
  const boxes = images.flatMap((image) => drawnBounds(image) ?? []);
  const [first] = images;
  if (boxes.length === 0) return { x: Math.floor((first?.width ?? 0) / 2), y: first?.height ?? 0 };
  const left = Math.min(...boxes.map((box) => box.x));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const top = Math.min(...boxes.map((box) => box.y));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return {
    x: left + Math.floor((right - left) / 2),
    y: anchor === "feet" ? bottom : Math.floor((top + bottom) / 2),
  };
}
