/** Keeps what was made last, up to a number of bytes; what was used longest ago goes first. */
export class Recent<T> {
  readonly #most: number;
  readonly #bytesOf: (value: T) => number;
  readonly #kept = new Map<number, { value: Promise<T>; bytes: number }>();
  #bytes = 0;

  constructor(most: number, bytesOf: (value: T) => number) {
    this.#most = most;
    this.#bytesOf = bytesOf;
  }

  /** The value of `key`, made if it is not there; two who ask at once get the same. A failure is not kept. */
  get(key: number, make: () => Promise<T>): Promise<T> {
    const known = this.#kept.get(key);
    // A map keeps the order of insertion: inserting anew makes an entry the youngest.
    if (known) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known.value;
    }
    const entry = { value: make(), bytes: 0 };
    this.#kept.set(key, entry);
    entry.value.then(
      (value) => {
        entry.bytes = this.#bytesOf(value);
        this.#bytes += entry.bytes;
        this.#shrink();
      },
      () => this.#kept.delete(key),
    );
    return entry.value;
  }

  #shrink(): void {
    for (const [key, { bytes }] of this.#kept) {
      if (this.#bytes <= this.#most) return;
      if (bytes === 0) continue;
      this.#kept.delete(key);
      this.#bytes -= bytes;
    }
  }
}
