import { z } from "zod";

/** Actions for which the motion set has frames. */
export const PERSON_ACTIONS = ["idle", "walk", "run", "attack", "jump"] as const;
export type PersonAction = (typeof PERSON_ACTIONS)[number];

const Run = z.object({ first: z.int().min(0), frames: z.int().min(1).max(64) });

/** One licensed character: the file with all its frames, and the colors of its parts. */
export const Person = z.object({
  id: z.string().min(1),
  file: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}\.png$/),
  caption: z.string().min(1),
  license: z.string().min(1),
  credit: z.int(),
  /** Directions in the order of the rows of the file; "west" may be missing: it then mirrors "east". */
  rows: z.array(z.enum(["south", "north", "east", "west"])).min(3),
  actions: z.partialRecord(z.enum(PERSON_ACTIONS), Run),
  /** torso, legs, feet, hair, skin, hat: hex colors. */
  parts: z.record(z.string(), z.array(z.string().regex(/^#[0-9a-f]{6}$/))),
});
export type Person = z.infer<typeof Person>;

/** The motion set of a model: characters, and how their frames are laid out. */
export const MotionSet = z.object({
  /** Edge of a cell in pixels. */
  cell: z.int().min(8).max(256),
  /** Where every character stands in a cell: the center, and the line under the feet. */
  anchor: z.object({ x: z.int(), y: z.int() }),
  source: z.string(),
  fps: z.partialRecord(z.enum(PERSON_ACTIONS), z.number().min(1).max(60)),
  credits: z.record(
    z.string(),
    z.object({ source: z.string(), url: z.string(), license: z.string(), author: z.string() }),
  ),
  people: z.array(Person),
});
export type MotionSet = z.infer<typeof MotionSet>;

/** Who to credit for a character, as a sentence for the answer. */
export function creditOf(set: MotionSet, person: Person): string {
  const credit = set.credits[String(person.credit)];
  return credit ? `${credit.author.replace(/ \(layers without.*$/, "")} (${credit.url})` : set.source;
}
