/** Folders that hold nothing of a game's own: other programs write there, a lot, and builds copy what lies elsewhere. */
const FOREIGN = new Set(["node_modules", "__pycache__", "dist"]);

/** Whether a folder or file is passed over by everything that looks through a game: dot names, node_modules, dist. */
export function isForeign(name: string): boolean {
  return name.startsWith(".") || FOREIGN.has(name);
}
