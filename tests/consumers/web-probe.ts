import type { Page } from "playwright-core";
import { expect } from "vitest";

type Place = readonly [x: number, y: number];

/** What the game of web-game/ says of itself. */
interface GameState {
  frame: number;
  hero: [number, number];
  origins: [number, number][];
  sameTexture: boolean;
  playing: boolean;
  animation: string;
  frames: number;
  frameMs: number[];
  tileset: { columns: number; rows: number; tileMargin: number }[];
  cachedTilesets: Record<string, unknown>[];
}

/** For `expect.poll`: a machine that has other work may draw a frame a second. */
export const PATIENT = { timeout: 20_000 } as const;

/** Looks at a running game through its probe. */
export function look(page: Page) {
  const call = <T>(method: string, ...args: unknown[]): Promise<T> =>
    page.evaluate(
      ([name, given]) => Reflect.get(globalThis, "probe")[name as string](...(given as [])),
      [method, args],
    ) as Promise<T>;
  const colors = (places: readonly Place[]): Promise<string[]> => call("colors", places);
  return {
    ready: () => page.waitForFunction(() => "probe" in globalThis, undefined, { timeout: 90_000 }),
    colors,
    colorsOverTime: (place: Place, ms: number): Promise<string[]> => call("colorsOverTime", place, ms),
    state: (): Promise<GameState> => call("state"),
    /** Waits until a place has a color. */
    until: (place: Place, color: string) =>
      expect.poll(async () => (await colors([place]))[0], PATIENT).toBe(color),
  };
}
