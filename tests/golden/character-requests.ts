import { asset, type GoldenRequest } from "./request.ts";

const composed = asset("/v1/characters", "model_free", { seed: 3 });

export const CHARACTER_REQUESTS: GoldenRequest[] = [
  composed("knight", {
    prompt: "knight with a red cape",
    actions: ["idle", "walk", "run", "attack", "jump"],
    size: 48,
  }),
  composed("wizard", {
    prompt: "old wizard with a long white beard and a blue robe",
    actions: ["run", "hurt"],
    directions: 8,
    fps: 12,
  }),
  composed("character-whole", {
    prompt: "old wizard with a long white beard",
    actions: ["idle", "attack", "die"],
    fps: { attack: 12 },
    loop: { idle: "pingpong" },
    size: 48,
    portrait: true,
    icon: true,
  }),
  composed("character-in-a-palette", {
    prompt: "brave kid in red with a halberd",
    action: "walk",
    directions: 1,
    size: 16,
    input_palette: "sweetie-16",
    outline_color: "#1a1c2c",
    icon: true,
    upscale_output_factor: 2,
  }),
];
