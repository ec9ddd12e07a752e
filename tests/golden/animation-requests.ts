import { enlarged, figure, ground, png, swatches } from "./pictures.ts";
import { asset, type GoldenRequest } from "./request.ts";

const drawn = asset("/v1/animations", "drawn", { seed: 3, steps: 4 });
const moved = asset("/v1/animations", "model_free", { seed: 3 });

const PEOPLE: GoldenRequest[] = [
  moved("person-walk", { prompt: "knight in blue", directions: 4, width: 64 }),
  moved("person-idle", { prompt: "old woman in a green skirt", action: "idle", directions: 8, width: 48 }),
  moved("person-attack", {
    prompt: "pirate with a red beard",
    action: "attack",
    directions: ["east", "west"],
    mirror: "never",
    frame_durations_ms: [60, 60, 80, 120],
    width: 40,
    height: 56,
  }),
  moved("person-jump", {
    prompt: "farmer",
    action: "jump",
    loop: "pingpong",
    motion: "exemplar",
    sheet_layout: "strip",
    input_palette: "endesga-32",
    anchor: "center",
  }),
  moved("person-run", {
    prompt: "wizard in purple",
    action: "run",
    directions: 4,
    sheet_layout: "packed",
    frames_duration: 6,
    fps: 12,
    outline_color: "#1a1c2c",
  }),
  moved("person-cast", {
    prompt: "girl",
    action: "cast",
    directions: 4,
    mirror: "never",
    color_count: 8,
    upscale_output_factor: 2,
  }),
  moved("person-actions", {
    prompt: "brave skeleton archer",
    actions: ["idle", "attack", "crouch"],
    directions: ["south", "east"],
    fps: { attack: 12 },
    frames_duration: { crouch: 5 },
    loop: { idle: "pingpong" },
    width: 48,
  }),
  moved("person-in-words-of-others", {
    prompt: "soldier",
    prompt_style: "rd_animation__walking_and_idle",
    n_frames: 3,
    num_images: 2,
  }),
];

const still = async () => ({ input_image: await png(figure()) });

const GIVEN: GoldenRequest[] = [
  moved("given-walk", async () => ({ ...(await still()), directions: 8, prompt: "hero" })),
  moved("given-attack", async () => ({
    ...(await still()),
    action: "attack",
    input_palette: await png(swatches()),
  })),
  moved("given-destroy", async () => ({ ...(await still()), action: "destroy", return_spritesheet: false })),
  moved("given-cast", async () => ({ ...(await still()), action: "cast", sheet_layout: "packed" })),
  moved("given-die", async () => ({
    input_image: await png(enlarged(figure(), 2)),
    action: "die",
    color_count: 5,
    dither_mode: "bayer_2x2",
  })),
  moved("given-hurt", async () => ({ ...(await still()), action: "hurt", directions: ["west"], fps: 20 })),
  moved("given-crouch", async () => ({ ...(await still()), action: "crouch", loop: "pingpong" })),
  moved("given-hop", async () => ({
    input_image: await png(ground("moss", 20, 16)),
    prompt: "slime",
    action: "run",
    anchor: "center",
  })),
  moved("given-spin", async () => ({
    ...(await still()),
    action: "custom",
    action_description: "spins round",
  })),
  moved("given-vanish", async () => ({
    ...(await still()),
    action: "custom",
    action_description: "dissolves",
    upscale_output_factor: 3,
  })),
  moved("given-actions", async () => ({
    ...(await still()),
    actions: ["idle", "attack", "die"],
    directions: 4,
    sheet_layout: "packed",
  })),
  moved("given-one-frame", async () => ({ ...(await still()), action: "idle", frames_duration: 1 })),
];

const DRAWN: GoldenRequest[] = [
  drawn("drawn-walk", { prompt: "green slime", steps: 20 }),
  drawn("drawn-actions", { prompt: "green slime", actions: ["idle", "walk", "attack"], fps: 12 }),
  drawn("drawn-figure", { prompt: "robot", action: "walk", input_palette: "sweetie-16", exemplars: "off" }),
  drawn("drawn-flicker", { prompt: "torch", action: "custom", action_description: "flickers in the wind" }),
  drawn("drawn-unknown", { prompt: "red flag", action: "custom", action_description: "ponders", width: 48 }),
  drawn("drawn-jump", { prompt: "frog", action: "jump", directions: 4, mirror: "never", color_count: 6 }),
  drawn("drawn-burst", {
    prompt: "explosion",
    action: "vfx",
    motion: "procedural",
    negative_prompt: "smoke",
  }),
  drawn("drawn-person", { prompt: "knight", exemplars: "cc0", fps: 6, frame_durations_ms: [125] }),
  drawn("drawn-destroy", { prompt: "wooden crate", action: "destroy", frames_duration: 5, height: 40 }),
];

const effect = asset("/v1/effects", "model_free", { seed: 5 });

const EFFECTS = [
  effect("effect-explosion", { prompt: "blue explosion", size: 48, fps: 15 }),
  effect("effect-slash", {
    prompt: "golden slash up left",
    size: 24,
    frames_duration: 5,
    input_palette: "pico-8",
  }),
  effect("effect-rain", { prompt: "rain", size: 16, sheet_layout: "strip", upscale_output_factor: 2 }),
];

export const ANIMATION_REQUESTS = [...PEOPLE, ...GIVEN, ...DRAWN, ...EFFECTS];
