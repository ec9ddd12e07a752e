import type { Tint } from "../pixel/tint.ts";
import { colorTint } from "../words/color-tint.ts";
import { impliedColors } from "../words/material-words.ts";
import { parsePrompt } from "../words/parse-prompt.ts";
import type { PromptThing } from "../words/prompt-parse.ts";

export type PartForm = "button" | "panel" | "frame" | "window" | "bar" | "slot" | "cursor" | "checkbox";

/** A part of an interface as a prompt names it. */
export interface UiPart {
  form: PartForm;
  /** Color of the part (of a bar: of what fills it), and of its border if that is another one. */
  color: Tint;
  border: Tint;
  /** How much of a bar is filled: 0 to 1. */
  fill: number;
  isPressed: boolean;
  isChecked: boolean;
}

interface Known {
  form: PartForm;
  color: string;
  border?: string;
}

/** Names of the parts that rules draw, and the colors that they have if the prompt names none. */
const PARTS: Readonly<Record<string, Known>> = {
  button: { form: "button", color: "azure" },
  panel: { form: "panel", color: "dark indigo", border: "steel" },
  "dialog box": { form: "panel", color: "tan", border: "brown" },
  "dialogue box": { form: "panel", color: "tan", border: "brown" },
  "text box": { form: "panel", color: "tan", border: "brown" },
  "message box": { form: "panel", color: "tan", border: "brown" },
  "menu panel": { form: "panel", color: "dark indigo", border: "steel" },
  frame: { form: "frame", color: "gold" },
  border: { form: "frame", color: "gold" },
  window: { form: "window", color: "dark gray", border: "azure" },
  "menu window": { form: "window", color: "dark gray", border: "azure" },
  bar: { form: "bar", color: "green" },
  "health bar": { form: "bar", color: "red" },
  healthbar: { form: "bar", color: "red" },
  "hp bar": { form: "bar", color: "red" },
  "life bar": { form: "bar", color: "red" },
  "mana bar": { form: "bar", color: "azure" },
  "magic bar": { form: "bar", color: "azure" },
  "stamina bar": { form: "bar", color: "green" },
  "energy bar": { form: "bar", color: "yellow" },
  "experience bar": { form: "bar", color: "gold" },
  "xp bar": { form: "bar", color: "gold" },
  "progress bar": { form: "bar", color: "green" },
  "loading bar": { form: "bar", color: "azure" },
  slot: { form: "slot", color: "dark brown", border: "brown" },
  "inventory slot": { form: "slot", color: "dark brown", border: "brown" },
  "item slot": { form: "slot", color: "dark brown", border: "brown" },
  cursor: { form: "cursor", color: "white" },
  "mouse cursor": { form: "cursor", color: "white" },
  "mouse pointer": { form: "cursor", color: "white" },
  "arrow cursor": { form: "cursor", color: "white" },
  checkbox: { form: "checkbox", color: "green", border: "steel" },
  "check box": { form: "checkbox", color: "green", border: "steel" },
};

/** Words about the state of a part; any other word names more than rules can draw. */
const STATES = new Set([
  "pressed",
  "checked",
  "unchecked",
  "empty",
  "full",
  "half",
  "half full",
  "ui",
  "game",
  "plain",
  "simple",
]);
const BORDERS = new Set(["border", "frame", "trim", "edge", "outline"]);
const USUAL_FILL = 0.7;

/** Reads the part of an interface that a prompt names; null if it names anything that rules cannot draw. */
export function readPart(prompt: string): UiPart | null {
  const [thing, ...others] = parsePrompt(prompt).things;
  if (!thing || others.length > 0 || thing.modifiers.some((word) => !STATES.has(word))) return null;
  const [border, ...more] = thing.parts;
  if (more.length > 0 || (border && !BORDERS.has(border.thing.head ?? ""))) return null;
  const said = new Set([...thing.name, ...thing.states, ...thing.modifiers]);
  const known = PARTS[thing.name.filter((word) => !STATES.has(word) && !isColored(word, thing)).join(" ")];
  if (!known || thing.states.some((word) => !STATES.has(word))) return null;
  const asked = colorOf(thing);
  const color = asked ?? colorTint(known.color);
  const rim = (border && colorOf(border.thing)) ?? (asked ? null : colorTint(known.border ?? ""));
  if (!color) return null;
  return {
    form: known.form,
    color,
    border: rim ?? color,
    fill:
      said.has("half full") || said.has("half")
        ? 0.5
        : said.has("full")
          ? 1
          : said.has("empty")
            ? 0
            : USUAL_FILL,
    isPressed: said.has("pressed"),
    isChecked: !said.has("unchecked") && !said.has("empty"),
  };
}

function isColored(word: string, thing: PromptThing): boolean {
  return word !== thing.head && impliedColors(word, thing.head).length > 0;
}

/** The color that a thing is asked in, by name or by what it is made of. */
function colorOf(thing: PromptThing): Tint | null {
  const implied = [...thing.materials, ...thing.name.slice(0, -1)].flatMap((word) =>
    impliedColors(word, thing.head),
  );
  const [first] = [...thing.colors, ...implied];
  return first === undefined ? null : colorTint(first);
}
