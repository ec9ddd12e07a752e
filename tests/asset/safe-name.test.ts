import fc from "fast-check";
import { expect, test } from "vitest";
import { safeName } from "../../service/words/safe-name.ts";
import { SafeName } from "../../shared/requests.ts";

test("a prompt becomes its words in lowercase, joined by dashes", () => {
  expect(safeName("Red dragon")).toBe("red-dragon");
  expect(safeName("  a knight, in BLUE armor!! ")).toBe("a-knight-in-blue-armor");
  expect(safeName("wizard's hat +2")).toBe("wizards-hat-2");
});

test("accents are dropped, not replaced by holes", () => {
  expect(safeName("Épée dorée")).toBe("epee-doree");
});

test("a long prompt is cut between words at 40 characters", () => {
  expect(safeName("an ancient oak tree with glowing mushrooms around its roots")).toBe(
    "an-ancient-oak-tree-with-glowing",
  );
  expect(safeName("x".repeat(100))).toBe("x".repeat(40));
});

test.each(["", "   ", "龍", "!!!", "🐉", "../.."])(
  "text without a usable letter still gives a name: %j",
  (text) => {
    expect(safeName(text)).toBe("sprite");
  },
);

test.each(["con", "NUL", "Com1", "lpt9", "aux."])(
  "the Windows device %j does not become a file name",
  (text) => {
    expect(SafeName.safeParse(safeName(text)).success).toBe(true);
    expect(safeName(text)).toMatch(/^sprite-/);
  },
);

test("any text gives a SafeName of at most 40 characters, and a name is returned unchanged", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      const name = safeName(text);
      expect(SafeName.safeParse(name).success).toBe(true);
      expect(name.length).toBeLessThanOrEqual(40);
      expect(safeName(name)).toBe(name);
    }),
    { numRuns: 500 },
  );
});
