import type { Action } from "../../shared/asset.ts";
import * as poses from "./poses.ts";

/** A motion and its extras. */
export interface FoundMotion {
  /** Names the animation's tags. */
  name: string;
  motion: poses.Motion;
  /** Extra: pieces fly apart, or sparks are drawn around it. */
  extra: "pieces" | "sparks" | null;
  /** Whether it returns to where it began. */
  cycle: boolean;
}

const ACTION_MOTIONS: Readonly<Record<Exclude<Action, "custom">, Omit<FoundMotion, "name">>> = {
  idle: { motion: poses.idle, extra: null, cycle: true },
  walk: { motion: poses.walk, extra: null, cycle: true },
  run: { motion: poses.run, extra: null, cycle: true },
  jump: { motion: poses.jump, extra: null, cycle: false },
  crouch: { motion: poses.crouch, extra: null, cycle: false },
  attack: { motion: poses.attack, extra: null, cycle: false },
  hurt: { motion: poses.hurt, extra: null, cycle: false },
  die: { motion: poses.die, extra: null, cycle: false },
  destroy: { motion: poses.shake, extra: "pieces", cycle: false },
  cast: { motion: poses.cast, extra: "sparks", cycle: false },
  vfx: { motion: poses.burst, extra: null, cycle: false },
};

const CUSTOM: readonly (Omit<FoundMotion, "extra"> & { words: RegExp })[] = [
  { name: "hover", words: /\b(?:hover|float|fly|flap|levitat)/, motion: poses.hover, cycle: true },
  {
    name: "flicker",
    words: /\b(?:flicker|fire|flame|burn|torch|candle)/,
    motion: poses.flicker,
    cycle: true,
  },
  { name: "spin", words: /\b(?:spin|rotat|turn|twirl|revolv)/, motion: poses.spin, cycle: true },
  { name: "shake", words: /\b(?:shak|trembl|vibrat|shiver|rattl|wobbl)/, motion: poses.shake, cycle: true },
  {
    name: "pulse",
    words: /\b(?:puls|glow|beat|throb|shimmer|shin|twinkl)/,
    motion: poses.pulse,
    cycle: true,
  },
  { name: "bounce", words: /\b(?:bounc|hop)/, motion: poses.hop, cycle: true },
  { name: "blink", words: /\b(?:blink|flash|wink)/, motion: poses.blink, cycle: true },
  { name: "open", words: /\bopen/, motion: poses.open, cycle: false },
  { name: "close", words: /\b(?:clos|shut)/, motion: poses.close, cycle: false },
  { name: "vanish", words: /\b(?:vanish|fad|dissolv|disappear|melt)/, motion: poses.vanish, cycle: false },
  { name: "sway", words: /\b(?:sway|wav|swing|wind|danc|rock)/, motion: poses.sway, cycle: true },
];

/** Verbs in a custom description that are actions of their own. */
const ACTION_WORDS: readonly [RegExp, Exclude<Action, "custom">][] = [
  [/\b(?:walk|step|march|crawl|slither|swim|trot|creep)/, "walk"],
  [/\b(?:run|sprint|dash|gallop|charge)/, "run"],
  [/\b(?:jump|leap)/, "jump"],
  [/\b(?:attack|slash|swing a|stab|punch|hit|bit(?:e|es|ing)\b|strik|snap|pounc)/, "attack"],
  [/\b(?:hurt|recoil|damage)/, "hurt"],
  [/\b(?:die|death|dying|collaps)/, "die"],
  [/\b(?:break|shatter|explod|crumbl|destroy)/, "destroy"],
  [/\b(?:cast|spell|magic)/, "cast"],
  [/\b(?:crouch|duck|kneel)/, "crouch"],
  [/\b(?:idle|breath|stand)/, "idle"],
];

/** Finds the drawn motion for an action; for `custom`, one named in its description, or breathing if no word is known. */
export function findMotion(action: Action, description: string): FoundMotion & { known: boolean } {
  if (action !== "custom") return { name: action, ...ACTION_MOTIONS[action], known: true };
  const text = description.toLowerCase();
  const custom = CUSTOM.find(({ words }) => words.test(text));
  if (custom) {
    const { name, motion, cycle } = custom;
    return { name, motion, cycle, extra: null, known: true };
  }
  const verb = ACTION_WORDS.find(([words]) => words.test(text))?.[1];
  return { name: verb ?? "custom", ...ACTION_MOTIONS[verb ?? "idle"], known: verb !== undefined };
}
