import { connect } from "node:net";

/** An answer as received on the wire. */
export interface RawAnswer {
  status: number;
  /** By lower-case name; of several, the last. */
  headers: Record<string, string>;
  body: string;
}

/** Sends exact bytes and returns the first answer, or status 0 if the connection closed without one. */
export function sendRaw(
  port: number,
  bytes: string | Uint8Array,
  { host = "127.0.0.1" } = {},
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, host, () => socket.write(bytes));
    const done = (): void => {
      socket.destroy();
      resolve(parse(Buffer.concat(chunks).toString("latin1")));
    };
    socket.setTimeout(30_000, () => {
      socket.destroy();
      reject(new Error(`no whole answer to ${JSON.stringify(String(bytes).slice(0, 80))}`));
    });
    socket.on("data", (chunk) => {
      chunks.push(chunk);
      if (isWhole(Buffer.concat(chunks).toString("latin1"))) done();
    });
    socket.on("end", done);
    socket.on("error", done);
  });
}

function isWhole(text: string): boolean {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1];
  if (length === undefined) return / (204|304) /.test(text.slice(0, 20));
  return text.length >= end + 4 + Number(length);
}

function parse(text: string): RawAnswer {
  const [head = "", ...rest] = text.split("\r\n\r\n");
  const [first = "", ...lines] = head.split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  return {
    status: Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1] ?? 0),
    headers,
    body: rest.join("\r\n\r\n"),
  };
}
