import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { canonicalJson, type Row } from "./measure.ts";

type Rows = Record<string, Row>;

/** The committed table: hashes of what each request makes, and where they were taken. */
export interface Table {
  /** What the network's numbers may hang on: two machines that agree in it draw the same. */
  arithmetic: string;
  /** What compressed the PNGs: another zlib may give other bytes for the same pixels. */
  zlib: string;
  /** Hash of the files of one drawing: where it agrees, so must all that is drawn. */
  probe: string;
  drawn: Rows;
  model_free: Rows;
}

export const TABLE_PATH = fileURLToPath(new URL("bytes.json", import.meta.url));
/** Sets of instructions for which the runtime has int8 kernels of their own. */
const KERNELS = /^(?:avx2|avx512f|avx512bw|avx512_vnni|avx_vnni|amx_int8|asimddp|i8mm|sve)$/;

export function readTable(): Table {
  return JSON.parse(readFileSync(TABLE_PATH, "utf8")) as Table;
}

export function writeTable(table: Table): void {
  writeFileSync(TABLE_PATH, `${canonicalJson(table)}\n`);
}

/** Says what of this machine decides how numbers round: system, processor and its instructions for int8. */
export function arithmeticHere(): string {
  let flags: string[] = [];
  try {
    const line = /^(?:flags|Features)\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1] ?? "";
    flags = line.split(" ").filter((flag) => KERNELS.test(flag));
  } catch {
    // Only Linux lists them: elsewhere the name of the processor has to do.
  }
  return [process.platform, process.arch, cpus()[0]?.model.trim() ?? "", ...flags.sort()].join(" ");
}

/** Lists how a row differs from that of the table: one sentence a file, none when it does not. */
export function differences(expected: Row | undefined, got: Row): string[] {
  if (!expected) return ["it has no row in the table"];
  const lines = expected.facts === got.facts ? [] : ["the answer says something else (facts)"];
  for (const path of new Set([...Object.keys(expected.files), ...Object.keys(got.files)])) {
    const [before, now] = [expected.files[path], got.files[path]];
    if (before === undefined) lines.push(`${path} is new`);
    else if (now === undefined) lines.push(`${path} is gone`);
    else if (before !== now) lines.push(`${path} has other bytes`);
  }
  return lines;
}

/**
 * Says whether drawn rows can be compared here: "same" where the probe agrees; "changed" where it does not although the
 * machine computes as that of the table did, so that the product must have changed; else "elsewhere".
 */
export function judgeProbe(table: Table, probe: string): "same" | "changed" | "elsewhere" {
  if (probe === table.probe) return "same";
  return arithmeticHere() === table.arithmetic ? "changed" : "elsewhere";
}

export const ELSEWHERE =
  "the probe differs and this machine computes otherwise than that of the table: what the model draws is not compared";
export const CHANGED =
  "the probe differs although this machine computes as that of the table: what the model draws has changed";

/** A hint for rows that differ, where another zlib may be all there is to it. */
export function zlibHint(table: Table): string | null {
  const here = process.versions.zlib;
  return here === table.zlib ? null : `the table was written with zlib ${table.zlib}, here it is ${here}`;
}
