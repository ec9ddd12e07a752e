import { type Kind, needs } from "../pure/kind.ts";

/** Values of the form, by field. */
export type Example = Readonly<Record<string, string>>;

export interface WelcomeProps {
  kind: Kind;
  onExample: (values: Example) => void;
}

/** Of the kinds that are known here, by id. */
const EXAMPLES: Readonly<Record<string, readonly Example[]>> = {
  sprite: ["red dragon", "wooden treasure chest", "blue potion in a glass bottle", "old oak tree"].map(
    (prompt) => ({
      prompt,
    }),
  ),
  tile: ["mossy stone floor", "wooden planks", "lava", "sand"].map((prompt) => ({ prompt })),
  tileset: [
    { upper_description: "grass", lower_description: "water" },
    { upper_description: "snow", lower_description: "dirt" },
    { upper_description: "stone floor", lower_description: "lava" },
  ],
  animation: [
    { prompt: "knight in blue", actions: "walk,attack", directions: "4" },
    { prompt: "green slime", actions: "idle" },
    { prompt: "torch", actions: "vfx" },
  ],
};

/** What stands in the middle before anything was made. */
export function Welcome({ kind, onExample }: WelcomeProps) {
  const isPicture = needs(kind, "input_image");
  return (
    <div class="welcome">
      <h2>{isPicture ? "Which picture?" : "What shall it be?"}</h2>
      <p>
        {isPicture
          ? "Put one in at the left: its grid, its colors and its pixels are found."
          : "Say it in a few words and press Ctrl and Enter. Everything is made on this machine."}
      </p>
      <p class="row">
        {(EXAMPLES[kind.id] ?? []).map((example) => (
          <button key={nameOf(example)} type="button" class="chip" onClick={() => onExample(example)}>
            {nameOf(example)}
          </button>
        ))}
      </p>
    </div>
  );
}

function nameOf({ prompt, actions, upper_description: upper, lower_description: lower }: Example): string {
  return prompt === undefined
    ? `${upper} on ${lower}`
    : actions === undefined
      ? prompt
      : `${prompt}, ${actions.replaceAll(",", ", ")}`;
}
