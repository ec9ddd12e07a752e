import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { readForm, writeForm } from "../../scripts/eval/blind-form.ts";
import { scoreForm } from "../../scripts/eval/blind-score.ts";
import {
  keyOf,
  type NumberedPrompt,
  readKey,
  readPromptFile,
  shufflePrompts,
  writeBlindTest,
} from "../../scripts/eval/blind-test.ts";
import { withModel } from "../../scripts/eval/draw-prompts.ts";
import { judgeName } from "../../scripts/eval/judge-names.ts";

const MODEL = fileURLToPath(new URL("../../models/embedded-v1", import.meta.url));
const SLOW = 60_000;

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "pixelkiln-blind-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

const numbered = (...prompts: string[]): NumberedPrompt[] =>
  prompts.map((prompt, i) => ({ number: i + 1, group: i === 0 ? "first" : "others", prompt }));

const form = (...lines: string[]) => readForm(["number,name,named,whole", ...lines].join("\n"));

test("what the namer gets holds no word of a prompt; the key beside it holds all, in the order of the sheets", {
  timeout: SLOW,
}, async () => {
  const out = temporaryFolder();
  const prompts = ["anvil", "red car", "penguin wearing a scarf"].map((prompt) => ({ group: "a", prompt }));
  const key = await withModel(MODEL, (subject) =>
    writeBlindTest(subject, prompts, { out, seed: 3, say: () => {} }),
  );
  const folder = join(out, "for-the-namer");
  expect(readdirSync(folder).sort()).toEqual(["README.txt", "form.csv", "sheet-1.png"]);
  const filled = readFileSync(join(folder, "form.csv"), "utf8");
  expect(filled).not.toMatch(/anvil|car|penguin/);
  expect(readForm(filled).map(({ number, name }) => [number, name])).toEqual([1, 2, 3].map((n) => [n, ""]));
  expect(readKey(keyOf(join(folder, "form.csv")))).toEqual(key);
  expect(key.prompts).toEqual(shufflePrompts(prompts, 3));
});

test("the order depends on the seed alone and loses no prompt", () => {
  const prompts = Array.from({ length: 50 }, (_, i) => ({ group: "a", prompt: `thing ${i}` }));
  const order = (seed: number) => shufflePrompts(prompts, seed).map(({ prompt }) => prompt);
  expect(order(7)).toEqual(order(7));
  expect(order(8)).not.toEqual(order(7));
  expect(order(7)).not.toEqual(prompts.map(({ prompt }) => prompt));
  expect([...order(7)].sort()).toEqual(prompts.map(({ prompt }) => prompt).sort());
});

test("prompts of a file are its lines; a file without any is refused", () => {
  const path = join(temporaryFolder(), "prompts.txt");
  writeFileSync(path, "  red car \r\n\nhealth potion, red\n");
  expect(readPromptFile(path).map(({ prompt }) => prompt)).toEqual(["red car", "health potion, red"]);
  mkdirSync(`${path}-none`);
  writeFileSync(join(`${path}-none`, "empty.txt"), "\n \n");
  expect(() => readPromptFile(join(`${path}-none`, "empty.txt"))).toThrow("one a line");
});

test.each([
  ["sword", "a sword", true],
  ["boots", "boot", true],
  ["wizard", "old mage with a staff", true],
  ["gem", "blue diamond", true],
  ["wizard", "wizard hat", false],
  ["rapier", "sword", false],
  ["frog", "orc", false],
  ["bread", "", false],
])("of a %s, the answer %j is named: %j", (prompt, answer, named) => {
  expect(judgeName(prompt, answer).named).toBe(named);
});

test("a color counts where the answer gives it to the same thing", () => {
  const prompt = "knight in silver armor with a red cape";
  expect(judgeName(prompt, "knight in silver armor with a red cape")).toMatchObject({
    named: true,
    colorsBound: true,
    whole: true,
    missing: [],
  });
  expect(judgeName(prompt, "red knight in silver armor with a cape")).toMatchObject({
    named: true,
    colorsBound: false,
    whole: false,
    missing: ["red"],
  });
  expect(judgeName("health potion, red", "red potion")).toMatchObject({ colorsBound: true, whole: true });
  expect(judgeName("golden key", "yellow key")).toMatchObject({ named: true, whole: true });
  expect(judgeName("sword", "sword").colorsBound).toBeNull();
});

test("a part or a state that the answer lacks is listed", () => {
  expect(judgeName("chest full of coins", "treasure chest")).toMatchObject({ named: true, whole: false });
  expect(judgeName("chest full of coins", "treasure chest").missing).toEqual(["coins"]);
  expect(judgeName("broken sword", "sword").missing).toEqual(["broken"]);
});

test("shares are of all prompts, by group; one without an answer is not named", () => {
  const { shares, table } = scoreForm(numbered("sword", "red car", "frog"), form("1,sword", "2,car"));
  expect(shares).toMatchObject({ prompts: 3, named: 2 / 3, whole: 1 / 3, colors_bound: 0 });
  expect(shares.groups.first).toEqual({ prompts: 1, named: 1, whole: 1, colors_bound: null });
  expect(shares.groups.others).toMatchObject({ prompts: 2, named: 0.5, whole: 0 });
  expect(table).toContain("| 3 | others | frog |  | no | no | words | frog |");
});

test("a judge's yes or no goes before what the words say", () => {
  const prompts = numbered("staff", "sword", "red car");
  const { shares, table } = scoreForm(prompts, form("1,scepter,yes,", "2,sword,no,", "3,car,,yes"));
  expect(shares).toMatchObject({ named: 2 / 3, whole: 2 / 3 });
  expect(table).toContain("| 1 | first | staff | scepter | yes | yes | judge | staff |");
});

test("a form keeps commas in quotes and refuses what is no answer", () => {
  expect(readForm(writeForm([1, 2]))).toHaveLength(2);
  expect(form('1,"potion, red ""big"""')[0]?.name).toBe('potion, red "big"');
  expect(() => form("1,potion,red")).toThrow('Line 2: expected yes or no but found "red".');
  expect(() => form("one,potion")).toThrow("Line 2");
  expect(() => form("1,a,yes,no,maybe")).toThrow("quotes");
  expect(() => readForm("potion\n")).toThrow("begins with");
  expect(() => scoreForm(numbered("sword"), form("2,sword"))).toThrow("no picture 2 among 1");
});
