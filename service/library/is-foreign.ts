/** Folders that hold nothing of a game's own: other programs write there, a lot. */
const FOREIGN = new Set(["node_modules", "__pycache__"]);

/** Whether a folder or file is passed over by everything that looks through a game: dot names, node_modules. */
export function isForeign(name: string): boolean {
  return name.startsWith(".") || FOREIGN.has(name);
}
