/** What may go wrong at a server, and so whether another try can help. */
export type FaultKind =
  /** Nobody answers at its address. */
  | "down"
  /** It was lost in the middle: it died, or its card did. */
  | "lost"
  /** It has too much to do. */
  | "busy"
  /** Its card has too little memory. */
  | "memory"
  /** It took too long. */
  | "timeout"
  /** It lacks what the configuration names. */
  | "setting"
  /** It refused the order, or answered with something else than a picture. */
  | "refused";

/** A failure of a server, in words that go on from "The server of the model forge". */
export class ServerFault extends Error {
  readonly kind: FaultKind;
  /** What to do about it, as a sentence. */
  readonly advice: string;

  constructor(kind: FaultKind, message: string, advice: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ServerFault";
    this.kind = kind;
    this.advice = advice;
  }
}

const NO_MEMORY =
  /out of memory|outofmemory|not enough memory|failed to allocate|alloc(?:ation)? failed|\boom\b/i;
const LOST_CARD =
  /device (?:was )?lost|devicelost|device.?removed|cuda error|hip error|cublas_status|unspecified launch failure|gpu (?:hang|is lost|has fallen)/i;
const NO_NUMBERS = /nans? (?:exception|was produced|in )|all nans/i;
const MOST_WORDS = 300;

/** Says what an error text of a server means. `status` is that of HTTP, if it came by it. */
export function faultOf(text: string, status: number | null = null): ServerFault {
  const said = shorten(text);
  if (NO_MEMORY.test(text))
    return new ServerFault(
      "memory",
      `has too little graphics memory (${said})`,
      "Ask for a smaller picture, set smaller sizes or a batch of 1, or close what else uses the card.",
    );
  if (LOST_CARD.test(text))
    return new ServerFault("lost", `lost its graphics card (${said})`, "Start the server again.");
  if (NO_NUMBERS.test(text)) return blackPicture(said);
  if (status === 429 || status === 503)
    return new ServerFault("busy", `is busy (${said || status})`, "Try again in a moment.");
  if (status === 401 || status === 403)
    return new ServerFault(
      "refused",
      `refused the key (${status})`,
      "Check the environment variable that key_env names, or the server's own password.",
    );
  const code = status === null ? "" : `${status}: `;
  return new ServerFault(
    "refused",
    `refused the order (${code}${said || "no reason"})`,
    "Check the model's settings against what the server has.",
  );
}

/** A picture in which nothing is to be seen, as networks draw them whose numbers overflowed. */
export function blackPicture(said = "every pixel is the same"): ServerFault {
  return new ServerFault(
    "refused",
    `drew an empty picture (${said})`,
    "Its numbers overflowed: run its VAE in full precision (--no-half-vae; ComfyUI: --fp32-vae), or use another VAE.",
  );
}

/** Shortens what a server said to one line for an error message. */
export function shorten(text: string): string {
  const line = text
    .replace(/\p{Cc}+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  return line.length > MOST_WORDS ? `${line.slice(0, MOST_WORDS)}...` : line;
}
