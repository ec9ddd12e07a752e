/** How a part belongs to a thing. */
export type Relation = "with" | "holding" | "wearing" | "on" | "in" | "full of" | "covered in" | "made of";

/** One thing that a prompt names. All words are lowercase; lists may be empty. */
export interface PromptThing {
  /** Singular head noun ("chest"); null if no word names a thing. */
  head: string | null;
  /** Words that make the name, in order ("treasure", "chest"): no colors, materials, states. The last is the head. */
  name: string[];
  /** Colors of the thing itself: words of COLOR_WORDS, some with "light" or "dark" before them. */
  colors: string[];
  /** What it is made of, as typed ("wooden", "ice"); `impliedColors` tells the colors that go with it. */
  materials: string[];
  /** "open", "lit", "half full", "sleeping". */
  states: string[];
  /** What else describes it: "old", "giant", a role ("boss"), an owner ("king"). */
  modifiers: string[];
  parts: { relation: Relation; thing: PromptThing }[];
  /** Its own meaningful words as typed, in order; those of its parts are with the parts. */
  words: string[];
}

/** What a prompt asks for. */
export interface PromptParse {
  /** Several only for a list ("potion, sword, shield, coin"). At least one, if any word names a thing. */
  things: PromptThing[];
  /** How the picture should be made, set aside: "pixel art", "16x16", "top down". */
  manner: string[];
}
