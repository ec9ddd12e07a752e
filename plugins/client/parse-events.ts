/** One server-sent event. */
export interface StreamEvent {
  /** Send it as Last-Event-ID to go on behind this event; "" = the stream has none. */
  id: string;
  /** "message" where the stream gives none. */
  name: string;
  data: string;
}

/**
 * Parses a stream of server-sent events (HTML standard, section 9.2.6) from text that may be cut anywhere. An event
 * that was not finished by an empty line does not count.
 */
export class EventParser {
  /** Wait before a new connection that the stream asks for, in ms; null = it has not said. */
  retryMs: number | null = null;
  #line = "";
  #endedInCr = false;
  #id = "";
  #name = "";
  #data = "";

  /** Takes the next piece of text and gives the events that it completes. */
  *push(chunk: string): Generator<StreamEvent, void> {
    if (chunk === "") return;
    const text = this.#endedInCr && chunk.startsWith("\n") ? chunk.slice(1) : chunk;
    this.#endedInCr = chunk.endsWith("\r");
    const [first = "", ...others] = text.split(/\r\n|\r|\n/);
    const lines = [this.#line + first, ...others];
    this.#line = lines.pop() ?? "";
    for (const line of lines) {
      if (line !== "") this.#takeField(line);
      else if (this.#data !== "") yield this.#finish();
      else this.#name = "";
    }
  }

  #takeField(line: string): void {
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "event") this.#name = value;
    else if (name === "data") this.#data += `${value}\n`;
    else if (name === "id" && !value.includes("\0")) this.#id = value;
    else if (name === "retry" && /^\d+$/.test(value)) this.retryMs = Number(value);
  }

  #finish(): StreamEvent {
    const event = { id: this.#id, name: this.#name || "message", data: this.#data.slice(0, -1) };
    this.#name = "";
    this.#data = "";
    return event;
  }
}
