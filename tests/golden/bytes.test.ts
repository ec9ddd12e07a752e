import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getJson } from "../service/service-process.ts";
import { Measurement } from "./measure.ts";
import { REQUESTS } from "./requests.ts";
import { CHANGED, differences, ELSEWHERE, judgeProbe, readTable, zlibHint } from "./table.ts";

const table = readTable();
const of = (group: "drawn" | "model_free") =>
  REQUESTS.filter((request) => request.group === group).map(({ name }) => name);

let golden: Measurement;
let verdict: ReturnType<typeof judgeProbe>;

beforeAll(async () => {
  golden = await Measurement.start();
  verdict = judgeProbe(table, await golden.probe());
});
afterAll(() => golden?.close());

/** What differs, with what may be the cause of it on this machine. */
async function changesOf(name: string, group: "drawn" | "model_free"): Promise<string[]> {
  const lines = differences(table[group][name], await golden.row(name));
  const hint = zlibHint(table);
  return lines.length > 0 && hint !== null ? [...lines, hint] : lines;
}

test("the table has a row for each request and no other", () => {
  for (const group of ["drawn", "model_free"] as const)
    expect(Object.keys(table[group])).toEqual(of(group).sort());
});

test("every style and every edit tool has a row", async () => {
  const { styles } = (await getJson(`${golden.url}/v1/styles/selector`)).body as {
    styles: { prompt_style: string }[];
  };
  const tools = (await getJson(`${golden.url}/v1/edit/tools`)).body as unknown as { id: string }[];
  const wanted = [
    ...styles.map(({ prompt_style: id }) => `style-${id}`),
    ...tools.map(({ id }) => `edit-${id}`),
  ];
  expect(REQUESTS.map(({ name }) => name)).toEqual(expect.arrayContaining(wanted));
});

describe("what no model has a part in keeps its bytes", () => {
  test.each(of("model_free"))("%s", async (name) => {
    expect(await changesOf(name, "model_free")).toEqual([]);
  });
});

test("what is drawn can be compared on this machine", (context) => {
  if (verdict === "changed") expect.fail(CHANGED);
  if (verdict === "same") return;
  console.warn(`golden: ${ELSEWHERE}. ${of("drawn").length} requests are skipped.`);
  context.skip(ELSEWHERE);
});

describe("what is drawn keeps its bytes", () => {
  test.for(of("drawn"))("%s", async (name, context) => {
    context.skip(verdict === "elsewhere", ELSEWHERE);
    expect(await changesOf(name, "drawn")).toEqual([]);
  });
});
