import { expect, test } from "vitest";
import {
  candidateProviders,
  chooseProvider,
  deviceFromEnv,
  type Provider,
} from "../../service/generators/execution-provider.ts";

const failing = (reasons: Partial<Record<Provider, string>>) => async (provider: Provider) => {
  const reason = reasons[provider];
  if (reason) throw new Error(reason);
};

test("every list of candidates ends with the processor, and each platform has its own", () => {
  expect(candidateProviders("auto", "linux")).toEqual(["cuda", "webgpu", "cpu"]);
  expect(candidateProviders("auto", "win32")).toContain("dml");
  expect(candidateProviders("auto", "darwin")).toContain("coreml");
  expect(candidateProviders("dml", "win32")).toEqual(["dml", "cpu"]);
  expect(candidateProviders("cpu", "linux")).toEqual(["cpu"]);
});

test("the first provider that passes its probe is taken", async () => {
  const chosen = await chooseProvider({
    wanted: "auto",
    platform: "linux",
    supported: ["cpu", "cuda", "webgpu"],
    probe: failing({ cuda: "no library\nsecond line" }),
  });
  expect(chosen).toEqual({ provider: "webgpu", failures: [{ provider: "cuda", reason: "no library" }] });
});

test("a provider that the runtime lacks is never tried: it would run on the processor in silence", async () => {
  const tried: Provider[] = [];
  const chosen = await chooseProvider({
    wanted: "coreml",
    platform: "linux",
    supported: ["cpu"],
    probe: async (provider) => void tried.push(provider),
  });
  expect(tried).toEqual([]);
  expect(chosen.provider).toBe("cpu");
  expect(chosen.failures).toHaveLength(1);
});

test("with nothing but failures the processor is left, with a reason for each", async () => {
  const chosen = await chooseProvider({
    wanted: "auto",
    platform: "linux",
    supported: ["cpu", "cuda", "webgpu"],
    probe: failing({ cuda: "no driver", webgpu: "Its numbers are off by 0.3 from the processor's." }),
  });
  expect(chosen.provider).toBe("cpu");
  expect(chosen.failures.map(({ provider }) => provider)).toEqual(["cuda", "webgpu"]);
});

test("the device is read from the environment and an unknown one is refused", () => {
  expect(deviceFromEnv({})).toBe("auto");
  expect(deviceFromEnv({ PIXELKILN_DEVICE: " CPU " })).toBe("cpu");
  expect(() => deviceFromEnv({ PIXELKILN_DEVICE: "quantum" })).toThrow('received "quantum"');
});
