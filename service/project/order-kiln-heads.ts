import { basename, dirname } from "node:path";
import type { KilnHead } from "./kiln-file.ts";

/** Why a kiln file cannot be built, whatever its request. */
export type Refusal = "cycle" | "same-target";

/** Kiln files in the order to build them. */
export interface OrderedHeads {
  heads: KilnHead[];
  /** Kiln file -> those whose output it uses as pictures. */
  needs: ReadonlyMap<KilnHead, readonly KilnHead[]>;
  refused: { head: KilnHead; why: Refusal; others: KilnHead[] }[];
}

/**
 * Sorts kiln files so that each comes after those that make its pictures; otherwise the order stays. Those that would
 * write the same files, or that depend on themselves, are refused.
 */
export function orderKilnHeads(all: readonly KilnHead[]): OrderedHeads {
  const byTarget = new Map<string, KilnHead[]>();
  for (const head of all) {
    const target = `${head.folder}/${head.name}`;
    byTarget.set(target, [...(byTarget.get(target) ?? []), head]);
  }
  const refused: OrderedHeads["refused"] = [];
  for (const same of byTarget.values()) {
    if (same.length < 2) continue;
    for (const head of same)
      refused.push({ head, why: "same-target", others: same.filter((one) => one !== head) });
  }
  const usable = all.filter((head) => !refused.some((one) => one.head === head));
  const needs = new Map(usable.map((head) => [head, usable.filter((other) => makesPictureOf(other, head))]));
  const heads: KilnHead[] = [];
  const state = new Map<KilnHead, "open" | "done">();
  const visit = (head: KilnHead): void => {
    if (state.has(head)) return;
    state.set(head, "open");
    for (const need of needs.get(head) ?? []) visit(need);
    state.set(head, "done");
    heads.push(head);
  };
  usable.forEach(visit);
  for (const head of usable) {
    if (reaches(head, head, needs))
      refused.push({ head, why: "cycle", others: [...(needs.get(head) ?? [])] });
  }
  return { heads: heads.filter((head) => !refused.some((one) => one.head === head)), needs, refused };
}

/** Whether one of the pictures of a kiln file is an output of another: a PNG, a numbered one, the sheet or the GIF. */
function makesPictureOf(maker: KilnHead, { pictures }: KilnHead): boolean {
  return pictures.some((path) => {
    if (dirname(path) !== maker.folder || !basename(path).startsWith(maker.name)) return false;
    return /^(?:-\d+|-sheet)?\.(?:png|gif)$/.test(basename(path).slice(maker.name.length));
  });
}

function reaches(
  from: KilnHead,
  to: KilnHead,
  needs: OrderedHeads["needs"],
  seen = new Set<KilnHead>(),
): boolean {
  return (needs.get(from) ?? []).some((need) => {
    if (need === to) return true;
    if (seen.has(need)) return false;
    seen.add(need);
    return reaches(need, to, needs, seen);
  });
}
