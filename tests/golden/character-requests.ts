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
];
