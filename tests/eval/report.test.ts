import { expect, test } from "vitest";
import { fillCard } from "../../scripts/eval/report.ts";

const CARD = `# Card
before
<!-- figures of npm run eval: begin -->
old
<!-- figures of npm run eval: end -->
after
`;

test("only what stands between the markers of a card is replaced, however often", () => {
  const once = fillCard(CARD, "| new |\n");
  expect(once).toBe(CARD.replace("old", "| new |"));
  expect(fillCard(once, "| new |\n")).toBe(once);
});

test("a card without markers is refused", () => {
  expect(() => fillCard("# Card\n", "| new |")).toThrow("begin");
});
