// The text format of Godot resources: https://docs.godotengine.org/en/stable/engine_details/file_formats/tscn.html

/** Writes a Godot string: quoted, with everything escaped that could end it or start a new line. */
export function godotString(text: string): string {
  const escaped = text
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n")
    .replaceAll("\r", "\\r")
    .replaceAll("\t", "\\t")
    // Other control characters do not belong in a name, and Godot's reader stops at NUL.
    .replace(/\p{Cc}/gu, "");
  return `"${escaped}"`;
}

/** Writes a Godot float: always with a decimal point, at most six decimals. */
export function godotFloat(value: number): string {
  const rounded = Math.round(value * 1e6) / 1e6;
  return Number.isInteger(rounded) ? rounded.toFixed(1) : String(rounded);
}

/**
 * Writes the path of a file in the asset's folder. If the folder is known, it is the res:// path that the editor
 * would write. In the root, or while the location of the folder is unknown, it is a relative path, which Godot
 * resolves against the file that contains it, so that the folder can be put anywhere.
 */
export function godotPath(file: string, folder: string): string {
  return godotString(folder === "" ? file : `res://${folder}/${file}`);
}
