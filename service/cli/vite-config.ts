/** What the user adds by hand if the configuration has an unusual layout. */
export const VITE_LINES: readonly string[] = [
  'import { pixelkiln } from "@pixelkiln/web/vite";',
  "plugins: [pixelkiln()],",
];

/**
 * Adds the plugin to the text of a Vite configuration and changes nothing else. Gives "there" if it is in it already,
 * and null if it cannot be added safely: that takes an `export default {` or `export default defineConfig({` with at
 * most one list of plugins.
 */
export function addToViteConfig(text: string): string | "there" | null {
  if (text.includes("@pixelkiln/web/vite")) return "there";
  const code = blank(text);
  const opened = [...code.matchAll(/export\s+default\s+(?:defineConfig\(\s*)?\{/g)];
  const [object] = opened;
  if (opened.length !== 1 || !object || /\bpixelkiln\b/.test(code)) return null;
  const inside = object.index + object[0].length;
  const mentioned = [...code.matchAll(/\bplugins\b/g)];
  const list = /\bplugins\s*:\s*\[/.exec(code);
  if (mentioned.length > 1 || (mentioned.length === 1 && !list)) return null;
  if (list && (list.index < inside || depthOf(code.slice(inside, list.index)) !== 0)) return null;
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const at = list ? list.index + list[0].length : inside;
  const isEmpty = list !== null && /^\s*\]/.test(code.slice(at));
  const added = list ? `pixelkiln()${isEmpty ? "" : ", "}` : `${newline}  plugins: [pixelkiln()],`;
  const tail = text.slice(at);
  const gap = !list && !/^\s*\r?\n/.test(tail) ? newline : "";
  return withImport(`${text.slice(0, at)}${added}${gap}${tail}`, newline);
}

function withImport(text: string, newline: string): string {
  const [line] = VITE_LINES;
  const imports = [...text.matchAll(/^import\s[^;'"]*?(?:from\s*)?["'][^"']+["'];?[^\S\r\n]*\r?\n/gm)];
  const last = imports.at(-1);
  const at = last ? last.index + last[0].length : 0;
  return `${text.slice(0, at)}${line}${newline}${text.slice(at)}`;
}

/** Blanks strings and comments, whose content is not code. */
function blank(text: string): string {
  const quiet = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/g;
  return text.replace(quiet, (match) => match.replace(/[^\n]/g, " "));
}

/** Counts the brackets still open at the end of a piece of code. */
function depthOf(code: string): number {
  let depth = 0;
  for (const letter of code) {
    if ("([{".includes(letter)) depth++;
    if (")]}".includes(letter)) depth--;
  }
  return depth;
}
