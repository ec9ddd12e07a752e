/** Folders with nothing of a game's own: other programs write there, a lot, and builds copy files from elsewhere. */
const FOREIGN = new Set(["node_modules", "__pycache__", "dist"]);

/** Whether everything that searches a game should skip a folder or file: dot names, node_modules, dist. */
export function isForeign(name: string): boolean {
  return name.startsWith(".") || FOREIGN.has(name);
}
