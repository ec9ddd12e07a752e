import { vi } from "vitest";

/** Waits until an assertion holds; a busy machine needs more than the second that vitest gives by itself. */
export function eventually<T>(assertion: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(assertion, { timeout: 20_000, interval: 20 });
}
