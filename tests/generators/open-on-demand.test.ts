import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openOnDemand } from "../../service/generators/open-on-demand.ts";

const IDLE_MS = 1000;

describe("what is opened on demand", () => {
  const opened: { release: ReturnType<typeof vi.fn<() => Promise<void>>> }[] = [];
  const open = async () => {
    const one = { release: vi.fn(async () => {}) };
    opened.push(one);
    return one;
  };

  beforeEach(() => {
    opened.length = 0;
    vi.useFakeTimers();
  });
  afterEach(() => void vi.useRealTimers());

  test("is opened by its first use, and once for all that use it", async () => {
    const demand = openOnDemand(open, IDLE_MS);
    expect(opened).toHaveLength(0);
    const used = await Promise.all([demand.use(async (one) => one), demand.use(async (one) => one)]);
    expect(opened).toHaveLength(1);
    expect(used).toEqual([opened[0], opened[0]]);
  });

  test("is released when nobody has used it for a while, and opened again by the next use", async () => {
    const demand = openOnDemand(open, IDLE_MS);
    await demand.use(async () => {});
    await vi.advanceTimersByTimeAsync(IDLE_MS - 1);
    await demand.use(async () => {});
    await vi.advanceTimersByTimeAsync(IDLE_MS - 1);
    expect(opened[0]?.release).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(opened[0]?.release).toHaveBeenCalledOnce();
    await demand.use(async () => {});
    expect(opened).toHaveLength(2);
  });

  test("stays open without a time to close it, until it is released", async () => {
    const demand = openOnDemand(open, null);
    await demand.use(async () => {});
    await vi.advanceTimersByTimeAsync(1000 * IDLE_MS);
    expect(opened[0]?.release).not.toHaveBeenCalled();
    await demand.release();
    expect(opened[0]?.release).toHaveBeenCalledOnce();
  });

  test("stays open as long as one of its uses lasts", async () => {
    const demand = openOnDemand(open, IDLE_MS);
    const long = demand.use(() => new Promise((resolve) => setTimeout(resolve, 5 * IDLE_MS)));
    await demand.use(async () => {});
    await vi.advanceTimersByTimeAsync(5 * IDLE_MS - 1);
    expect(opened[0]?.release).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(IDLE_MS + 1);
    await long;
    expect(opened[0]?.release).toHaveBeenCalledOnce();
  });

  test("is tried again after it could not be opened", async () => {
    let tries = 0;
    const demand = openOnDemand(async () => {
      if (tries++ === 0) throw new Error("no such file");
      return open();
    }, IDLE_MS);
    await expect(demand.use(async () => {})).rejects.toThrow("no such file");
    await demand.use(async () => {});
    expect(opened).toHaveLength(1);
  });
});
