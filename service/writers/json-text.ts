/**
 * Writes JSON as a person would: indented by two spaces, lists of plain numbers on one line, LF at the end. The same
 * value gives the same text.
 */
export function jsonText(value: unknown): string {
  // A string in JSON never contains a raw line break, so this matches only lists.
  const text = JSON.stringify(value, null, 2).replace(/\[\n[-+\d\s.,e]+\]/gi, (list) =>
    list.replace(/\s+/g, " ").replace("[ ", "[").replace(" ]", "]"),
  );
  return `${text}\n`;
}
