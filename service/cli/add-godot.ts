import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { invalidParameter, ServiceError } from "../../shared/errors.ts";
import { packageInfo } from "../package-info.ts";
import { installFolder, readFolder } from "./install-folder.ts";
import { writeWhole } from "./write-whole.ts";

const ADDON = "addons/pixelkiln";
const PLUGIN = `res://${ADDON}/plugin.cfg`;
const SECTION = "editor_plugins";

/** What was done to a game, one line each, and what is left for the user to do. */
export interface AddReport {
  done: string[];
  todo: string[];
}

/** Copies the addon into a Godot project and enables it in project.godot. No other byte of that file changes. */
export async function addGodot(game: string, options: { force: boolean }): Promise<AddReport> {
  const settings = join(game, "project.godot");
  const text = await readFile(settings, "utf8").catch(() => null);
  if (text === null) throw invalidParameter("folder", game, "a folder with a project.godot");
  const { root, version } = packageInfo();
  const files = await readFolder(join(root, "plugins/godot", ADDON)).catch(() => []);
  if (files.length === 0)
    throw new ServiceError(
      "not-found",
      "This copy of Pixelkiln has no Godot addon (plugins/godot is missing): install Pixelkiln again.",
    );
  const { added, updated, removed } = await installFolder({
    target: join(game, ADDON),
    files,
    version,
    force: options.force,
  });
  const report: AddReport = { done: [], todo: [] };
  if (added.length > 0) report.done.push(`${ADDON}: ${added.length} files added`);
  if (updated.length > 0) report.done.push(`${ADDON}: updated ${updated.join(", ")}`);
  if (removed.length > 0) report.done.push(`${ADDON}: removed ${removed.join(", ")}`);
  const enabled = enableGodotPlugin(text, PLUGIN);
  if (enabled === null) {
    report.todo.push('project.godot: enable "Pixelkiln" in Project > Project Settings > Plugins');
  } else if (enabled !== text) {
    await writeWhole(settings, Buffer.from(enabled));
    report.done.push(`project.godot: enabled ${PLUGIN}`);
  }
  return report;
}

/**
 * Enables a plugin in the text of a project.godot and keeps every other byte. Gives the same text if it is enabled
 * already, and null if the list of plugins is not written the way Godot writes it.
 */
export function enableGodotPlugin(text: string, plugin: string): string | null {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const sections = [...text.matchAll(/^\[([^\]\r\n]+)\]/gm)];
  const own = sections.findIndex(([, name]) => name === SECTION);
  if (own === -1) return withSection(text, { plugin, newline, sections });
  const start = sections[own]?.index ?? 0;
  const end = sections[own + 1]?.index ?? text.length;
  const section = text.slice(start, end);
  if (!/^enabled\s*=/m.test(section)) {
    const head = /^.*(?:\r?\n(?:[ \t]*\r?\n)*|$)/.exec(section)?.[0] ?? "";
    const line = `enabled=PackedStringArray("${plugin}")${newline}`;
    const gap = /\n\s*\n$/.test(head) ? "" : newline;
    const rest = section.slice(head.length);
    return `${text.slice(0, start)}${head}${gap}${line}${rest === "" ? "" : rest}${text.slice(end)}`;
  }
  const list = /^enabled\s*=\s*PackedStringArray\(((?:\s*"(?:[^"\\]|\\.)*"\s*,?)*\s*)\)/m.exec(section);
  if (!list) return null;
  const [whole, items = ""] = list;
  if (items.includes(`"${plugin}"`)) return text;
  const at = start + list.index + whole.length - 1;
  const separator = items.trim() === "" ? "" : items.trimEnd().endsWith(",") ? " " : ", ";
  return `${text.slice(0, at)}${separator}"${plugin}"${text.slice(at)}`;
}

interface NewSection {
  plugin: string;
  newline: string;
  sections: RegExpExecArray[];
}

/** Godot sorts sections by name, so this one goes where Godot would put it. */
function withSection(text: string, { plugin, newline, sections }: NewSection): string {
  const section = `[${SECTION}]${newline}${newline}enabled=PackedStringArray("${plugin}")${newline}`;
  const next = sections.find(([, name]) => (name ?? "") > SECTION);
  if (next) return `${text.slice(0, next.index)}${section}${newline}${text.slice(next.index)}`;
  const gap = text === "" ? "" : text.endsWith("\n") ? newline : newline + newline;
  return `${text}${gap}${section}`;
}
