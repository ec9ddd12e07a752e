import type { Answer } from "./blind-form.ts";
import type { NumberedPrompt } from "./blind-test.ts";
import { type Judgment, judgeName } from "./judge-names.ts";

/** Shares from 0 to 1. */
export interface BlindShares {
  prompts: number;
  named: number;
  whole: number;
  /** Of the prompts that name a color; null where none does. */
  colors_bound: number | null;
}

/** What a filled form comes to. */
export interface BlindScore {
  /** A Markdown table of every answer, the missed ones first, for a person to judge. */
  table: string;
  shares: BlindShares & { groups: Record<string, BlindShares> };
}

interface Row extends Judgment, NumberedPrompt {
  answer: string;
  judged: boolean;
}

/**
 * Compares the answers of a form with the prompts; a prompt without an answer counts as not named, and what a judge
 * wrote into the form goes before what the words say. Throws an Error for a number that no picture has.
 */
export function scoreForm(prompts: readonly NumberedPrompt[], answers: readonly Answer[]): BlindScore {
  const byNumber = new Map(answers.map((answer) => [answer.number, answer]));
  const unknown = answers.find(({ number }) => !prompts.some((prompt) => prompt.number === number));
  if (unknown) throw new Error(`There is no picture ${unknown.number} among ${prompts.length}.`);
  const rows = prompts.map((prompt) => judge(prompt, byNumber.get(prompt.number)));
  const groups = [...new Set(prompts.map(({ group }) => group))];
  const byGroup = groups.map((group) => [group, sharesOf(rows.filter((row) => row.group === group))]);
  return { table: writeTable(rows), shares: { ...sharesOf(rows), groups: Object.fromEntries(byGroup) } };
}

function judge(prompt: NumberedPrompt, answer: Answer | undefined): Row {
  const judgment = judgeName(prompt.prompt, answer?.name ?? "");
  const named = answer?.named ?? judgment.named;
  const whole =
    named && (answer?.whole ?? (judgment.whole || (answer?.named === true && isOnlyName(judgment))));
  const judged = answer !== undefined && (answer.named !== null || answer.whole !== null);
  return { ...prompt, ...judgment, named, whole, judged, answer: answer?.name ?? "" };
}

/** A judge who accepts the name accepts the whole where nothing else was missing. */
const isOnlyName = ({ missing, named }: Judgment): boolean => !named && missing.length === 1;

function sharesOf(rows: readonly Row[]): BlindShares {
  const share = (part: readonly Row[], all = rows) => (all.length === 0 ? 0 : part.length / all.length);
  const colored = rows.filter((row) => row.colorsBound !== null);
  return {
    prompts: rows.length,
    named: share(rows.filter((row) => row.named)),
    whole: share(rows.filter((row) => row.whole)),
    colors_bound:
      colored.length > 0
        ? share(
            colored.filter((row) => row.colorsBound),
            colored,
          )
        : null,
  };
}

function writeTable(rows: readonly Row[]): string {
  const rank = (row: Row) => Number(row.named) + Number(row.whole);
  const lines = [...rows]
    .sort((a, b) => rank(a) - rank(b) || a.number - b.number)
    .map((row) => {
      const verdicts = [row.named, row.whole].map((right) => (right ? "yes" : "no"));
      const by = row.judged ? "judge" : "words";
      const cells = [row.number, row.group, row.prompt, row.answer, ...verdicts, by, row.missing.join(", ")];
      return `| ${cells.map((cell) => String(cell).replaceAll("|", "/")).join(" | ")} |\n`;
    });
  const head = "| picture | group | prompt | answer | named | whole | judged by | missing |\n";
  return `${head}| --- | --- | --- | --- | --- | --- | --- | --- |\n${lines.join("")}`;
}
