import { expect, test } from "vitest";
import { promptTint } from "../../service/words/prompt-color.ts";

test.each([
  ["red dragon", "crimson dragon"],
  ["a big golden sword", "gold sword"],
  ["pixel art of a grey wolf", "gray wolf"],
])("%j and %j ask for nearly the same hue", (one, other) => {
  const [a, b] = [promptTint(one), promptTint(other)];
  expect(a).not.toBeNull();
  expect(Math.abs((a?.hue ?? 0) - (b?.hue ?? 0))).toBeLessThan(0.3);
});

test.each(["dragon", "wizard in a blue robe", "potion, red", "bottle of red wine", ""])(
  "%j gives the thing itself no color",
  (prompt) => {
    expect(promptTint(prompt)).toBeNull();
  },
);

test("of two colors the nearer to the thing counts", () => {
  expect(promptTint("black and white cat")).toEqual(promptTint("white cat"));
  expect(promptTint("dark red blue slime")).toEqual(promptTint("blue slime"));
});
