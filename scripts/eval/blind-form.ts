/** One line of a filled form. */
export interface Answer {
  number: number;
  /** What the namer calls the picture; "" for no idea. */
  name: string;
  /** What a judge says of it, over what the words say; null where no judge did. */
  named: boolean | null;
  whole: boolean | null;
}

const HEADER = "number,name,named,whole";

/** An empty form as CSV. The namer fills `name`; a judge may write yes or no into the last two columns. */
export function writeForm(numbers: readonly number[]): string {
  return [HEADER, ...numbers.map((number) => `${number},,,`)].map((line) => `${line}\n`).join("");
}

/** Reads a filled form. Throws an Error that names the line for one that is no answer. */
export function readForm(csv: string): Answer[] {
  const lines = csv.replace(/^\uFEFF/, "").split(/\r?\n/);
  if (fieldsOf(lines[0] ?? "")[0] !== "number")
    throw new Error(`Expected a form that begins with "${HEADER}".`);
  return lines.flatMap((line, i) => (i === 0 || line.trim() === "" ? [] : [readAnswer(line, i + 1)]));
}

function readAnswer(line: string, at: number): Answer {
  const [number = "", name = "", named = "", whole = "", ...rest] = fieldsOf(line);
  if (!/^\d+$/.test(number)) throw new Error(`Line ${at}: expected a number first but found "${number}".`);
  if (rest.length > 0) throw new Error(`Line ${at}: a name with a comma in it needs quotes around it.`);
  return { number: Number(number), name, named: verdictOf(named, at), whole: verdictOf(whole, at) };
}

function verdictOf(text: string, at: number): boolean | null {
  if (text === "") return null;
  if (text !== "yes" && text !== "no") throw new Error(`Line ${at}: expected yes or no but found "${text}".`);
  return text === "yes";
}

/** The fields of a CSV line, trimmed; "" within quotes is a quote. */
function fieldsOf(line: string): string[] {
  const fields = line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g) ?? [];
  const ended = line.endsWith(",") ? fields : fields.slice(0, -1);
  return ended.map((field) =>
    field
      .replace(/,$/, "")
      .trim()
      .replace(/^"(.*)"$/, "$1")
      .replaceAll('""', '"')
      .trim(),
  );
}
