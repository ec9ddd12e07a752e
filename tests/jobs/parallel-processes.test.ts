import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { openTestStore, put } from "./job-setup.ts";

const SCRIPT = fileURLToPath(new URL("./store-process.ts", import.meta.url));

function start(task: string, dir: string): ChildProcess {
  const child = fork(SCRIPT, [task, dir], { execArgv: ["--import", "tsx"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

async function answerOf(child: ChildProcess): Promise<string[]> {
  const [ids] = await once(child, "message");
  return ids as string[];
}

test("three processes that accept the same 25 keys at once make 25 jobs", async () => {
  const { store, dir } = openTestStore();
  const answers = await Promise.all([1, 2, 3].map(() => answerOf(start("accept", dir))));
  expect(store.counts().queued).toBe(25);
  expect(new Set(answers.flat()).size).toBe(25);
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});

test("three processes that claim at once get each job once", async () => {
  const { store, dir } = openTestStore();
  const ids = Array.from({ length: 60 }, (_, i) => put(store, `job ${i}`));
  const answers = await Promise.all([1, 2, 3].map(() => answerOf(start("claim", dir))));
  expect(answers.flat().toSorted()).toEqual(ids.toSorted());
});
