/**
 * Compares what the service makes today with tests/golden/bytes.json, or writes that table anew:
 *
 *   npm run golden                  prints what differs; exit code 1 if anything does
 *   npm run golden -- --write       writes the table: only with an entry in CHANGELOG.md that says what changed
 *   npm run golden -- --show NAME   prints what the answer to one request says, to compare two checkouts
 *
 * The requests are those of tests/golden/requests.ts, sent to a service of its own.
 */
import { parseArgs } from "node:util";
import { Measurement, type Row } from "../tests/golden/measure.ts";
import { REQUESTS } from "../tests/golden/requests.ts";
import {
  arithmeticHere,
  CHANGED,
  differences,
  ELSEWHERE,
  judgeProbe,
  readTable,
  type Table,
  writeTable,
  zlibHint,
} from "../tests/golden/table.ts";

const say = (text: string) => process.stderr.write(`golden: ${text}\n`);

async function measure(golden: Measurement): Promise<Table> {
  const rows = { drawn: {} as Record<string, Row>, model_free: {} as Record<string, Row> };
  const probe = await golden.probe();
  for (const { name, group } of REQUESTS) {
    const { facts, files } = await golden.row(name);
    rows[group][name] = { facts, files };
  }
  return { arithmetic: arithmeticHere(), zlib: process.versions.zlib, probe, ...rows };
}

/** Prints how a measured table differs from the committed one. Gives whether nothing does that can be compared. */
function compare(table: Table, now: Table): boolean {
  const verdict = judgeProbe(table, now.probe);
  if (verdict !== "same") say(verdict === "changed" ? CHANGED : ELSEWHERE);
  let count = 0;
  for (const group of ["drawn", "model_free"] as const) {
    if (group === "drawn" && verdict === "elsewhere") continue;
    for (const name of new Set([...Object.keys(table[group]), ...Object.keys(now[group])])) {
      const row = now[group][name];
      const lines = row ? differences(table[group][name], row) : ["it is in the table alone"];
      for (const line of lines) process.stdout.write(`${name}: ${line}\n`);
      count += lines.length;
    }
  }
  const hint = zlibHint(table);
  if (count > 0 && hint !== null) say(hint);
  say(`${count} differences`);
  return count === 0 && verdict !== "changed";
}

const { values } = parseArgs({
  options: { write: { type: "boolean", default: false }, show: { type: "string" } },
});
const golden = await Measurement.start();
try {
  if (values.show !== undefined) {
    const { factsText, files } = await golden.row(values.show);
    process.stdout.write(`${factsText}\n${JSON.stringify(files, null, 2)}\n`);
  } else {
    const started = performance.now();
    const now = await measure(golden);
    const files = [now.drawn, now.model_free].flatMap((rows) =>
      Object.values(rows).flatMap((row) => Object.keys(row.files)),
    );
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    say(`${REQUESTS.length} requests, ${files.length} files, ${seconds} s`);
    if (values.write) writeTable(now);
    else if (!compare(readTable(), now)) process.exitCode = 1;
  }
} finally {
  await golden.close();
}
