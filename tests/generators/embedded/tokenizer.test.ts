import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadTokenizer } from "../../../service/generators/embedded/tokenizer.ts";
import { modelFolder } from "../generator-fixture.ts";

interface Row {
  text: string;
  ids: number[];
}

test("ids are those of the Python tokenizer that the training used, long texts cut the same way", async () => {
  const rows = JSON.parse(
    await readFile(new URL("./fixtures/tokens.json", import.meta.url), "utf8"),
  ) as Row[];
  const tokenizer = await loadTokenizer(join(modelFolder, "tokenizer.json"), 24);
  expect(rows.length).toBeGreaterThan(15);
  for (const { text, ids } of rows) expect(tokenizer.encode(text), text).toEqual(ids);
  expect(Math.max(...rows.map(({ ids }) => ids.length))).toBe(24);
});
