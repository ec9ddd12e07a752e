// Whether what was built is still what its sources say. A build leaves a record of the files it read; a look at it costs
// one stat a file. Plain Node without a package: it runs at every start of a clone.
import { createHash } from "node:crypto";
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** Clocks of file systems are coarse: what changed so shortly before a build may have changed under it. */
const RACY_MS = 50;

/**
 * Describes the files that a build read (paths in the repository), to be kept in its record. A file that changed after
 * `started` (Date.now()) gets no hash: nobody knows which of its texts was read, so the next look finds it changed.
 */
export function describeInputs(paths, started) {
  return paths.map((path) => {
    const stats = look(path);
    return { path, ...stats, sha256: stats.changed < started - RACY_MS ? hashOf(path) : null };
  });
}

/**
 * Reads the record of a build, or null when there is none, or when a file that it read is another one now. Times decide
 * first; where they differ (a copied clone, a branch left and taken again) contents do, and the record learns the new times.
 */
export function readFreshRecord(file) {
  try {
    const record = JSON.parse(readFileSync(file, "utf8"));
    let moved = false;
    for (const input of record.inputs) {
      const { size, changed } = look(input.path);
      if (input.sha256 !== null && size === input.size && changed === input.changed) continue;
      if (input.sha256 === null || hashOf(input.path) !== input.sha256) return null;
      Object.assign(input, { size, changed });
      moved = true;
    }
    if (moved) keepIfAllowed(file, record);
    return record;
  } catch {
    return null;
  }
}

/** Writes a record whole or not at all: others may read it at this moment. */
export function writeRecord(file, record) {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, JSON.stringify(record));
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** The time of the last change of any kind: unlike mtime, nobody can set it back. */
function look(path) {
  const { size, ctimeMs } = statSync(ROOT + path);
  return { size, changed: ctimeMs };
}

function hashOf(path) {
  return createHash("sha256")
    .update(readFileSync(ROOT + path))
    .digest("hex");
}

/** Another person's clone may be read only; then each look costs the hashes. */
function keepIfAllowed(file, record) {
  try {
    writeRecord(file, record);
  } catch {}
}
