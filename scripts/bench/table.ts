/** One measured number, and what was promised for it. */
export interface Measure {
  what: string;
  value: string;
  promise?: string;
  kept?: boolean;
}

export type Suite = () => Promise<Measure[]>;

/** Prints measures as a table on stdout. */
export function printTable(title: string, rows: readonly Measure[]): void {
  const cells = rows.map((row) => [row.what, row.value, row.promise ?? "", verdict(row)]);
  const lines = [[title, "measured", "promised", ""], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]!.length)));
  for (const [i, line] of lines.entries()) {
    console.log(
      line
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    );
    if (i === 0) console.log(widths.map((width) => "-".repeat(width)).join("  "));
  }
  console.log();
}

function verdict({ kept }: Measure): string {
  if (kept === undefined) return "";
  return kept ? "kept" : "BROKEN";
}

/** A number that must not be larger than promised. */
export function atMost(what: string, value: number, limit: number, unit: string): Measure {
  return { what, value: `${round(value)} ${unit}`, promise: `<= ${limit} ${unit}`, kept: value <= limit };
}

/** A number that nothing is promised about. */
export function plain(what: string, value: number, unit: string): Measure {
  return { what, value: `${round(value)} ${unit}` };
}

function round(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}

/** The value below which a share (0 to 1) of the numbers lies. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
