import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { adviceFor, type GpuState } from "../../service/cli/gpu.ts";
import { findOnLinux, readMac, readNvidia, readWindows } from "../../service/cli/graphics-cards.ts";
import { inWords } from "../../service/generators/runtime-words.ts";
import { FIXTURES } from "../generators/diffusers/diffusers-fixture.ts";
import { inFolder, runCli } from "./run-cli.ts";

test("gpu tries every provider with every model in a process of its own, and ends with what to do", () =>
  inFolder(async (dir) => {
    const env = { PIXELKILN_MODELS: FIXTURES, HOME: dir, XDG_CACHE_HOME: dir };
    const { code, stdout } = await runCli(["gpu", "--json"], { cwd: dir, env });
    expect(code).toBe(0);
    const { cards, trials, uses, advice } = JSON.parse(stdout);
    expect(Object.keys(uses)).toEqual(["embedded-v1", "tiny-lcm", "tiny-sd", "tiny-sdxl"]);
    expect(trials.length).toBeGreaterThanOrEqual(8);
    for (const { reason } of trials) {
      if (reason !== null) expect(reason).not.toMatch(/::|_src|OrtSession|\.cc|\n/);
      if (reason !== null) expect(reason.length).toBeLessThan(210);
    }
    if (cards.length === 0) expect(advice).toContain("draws on the processor");
    const text = await runCli(["gpu"], { cwd: dir, env });
    expect(text.stdout.trimEnd().split("\n").at(-1)).toBe(advice);
  }));

test("an install that cannot be downloaded says why in one line, and exits 1", () =>
  inFolder(async (dir) => {
    // Nothing listens at port 9: the script of the runtime finds no way out.
    const env = {
      GLOBAL_AGENT_HTTPS_PROXY: "http://127.0.0.1:9",
      npm_package_json: join(dir, "package.json"),
    };
    const { code, stderr } = await runCli(["gpu", "--install"], { cwd: dir, env });
    expect(code).toBe(1);
    const isOffered = process.platform === "linux" && process.arch === "x64";
    expect(stderr).toMatch(isOffered ? /could not be installed: .+about 200 MB/ : /There is no CUDA for/);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  }));

test("doctor sends those who have a card to gpu, not to a script that npm may not run", () =>
  inFolder(async (dir) => {
    const { stdout } = await runCli(["doctor", "--json"], {
      cwd: dir,
      env: { PIXELKILN_DEVICE: "auto", HOME: dir },
    });
    const { findings } = JSON.parse(stdout) as {
      findings: { name: string; state: string; advice?: string }[];
    };
    const notes = findings.filter(({ name, state }) => name === "device" && state === "note");
    for (const { advice } of notes) expect(advice).toContain("pixelkiln gpu");
    expect(stdout).not.toContain("npm rebuild");
  }));

test("cards are read from what each system says of them", () => {
  const text = "NVIDIA GeForce RTX 3060, 550.54.14, 12288\nNVIDIA H200, 570.124.06, 143771\n";
  expect(readNvidia(text)).toEqual([
    { name: "NVIDIA GeForce RTX 3060", isNvidia: true, driver: "550.54.14", memoryMib: 12288 },
    { name: "NVIDIA H200", isNvidia: true, driver: "570.124.06", memoryMib: 143_771 },
  ]);
  expect(
    readNvidia("NVIDIA-SMI has failed because it couldn't communicate with the NVIDIA driver.\n"),
  ).toEqual([]);
  const mac = { SPDisplaysDataType: [{ _name: "Apple M2", sppci_model: "Apple M2" }] };
  expect(readMac(JSON.stringify(mac))).toMatchObject([{ name: "Apple M2", isNvidia: false }]);
  const card = { Name: "AMD Radeon RX 6600", DriverVersion: "31.0.24033.1003" };
  expect(readWindows(JSON.stringify(card))).toMatchObject([{ name: card.Name, driver: card.DriverVersion }]);
  expect(readWindows(JSON.stringify([card, card]))).toHaveLength(2);
  expect([...readMac(""), ...readWindows("")]).toEqual([]);
});

test.runIf(process.platform === "linux")(
  "on Linux they are found by vendor, with their driver, without the screens of virtual machines",
  async () => {
    const dir = await mkdtemp(join(tmpdir(), "drm-"));
    const add = async (name: string, vendor: string, driver: string | null) => {
      const device = join(dir, name, "device");
      await mkdir(device, { recursive: true });
      await writeFile(join(device, "vendor"), `${vendor}\n`);
      await writeFile(join(device, "device"), "0x2503\n");
      if (driver) await symlink(`../../../bus/pci/drivers/${driver}`, join(device, "driver"));
    };
    await add("card0", "0x1af4", "virtio-pci");
    await add("card1", "0x10de", "nouveau");
    await add("card2", "0x1002", null);
    await mkdir(join(dir, "card1-HDMI-A-1"));
    expect(await findOnLinux(dir)).toEqual([
      { name: "NVIDIA graphics (0x2503)", isNvidia: true, driver: "nouveau", memoryMib: null },
      { name: "AMD graphics (0x2503)", isNvidia: false, driver: null, memoryMib: null },
    ]);
    await rm(dir, { recursive: true });
  },
);

const CARD = { name: "NVIDIA GeForce RTX 3060", isNvidia: true, driver: "550.54.14", memoryMib: 12288 };
const CUDA = { isOffered: true, hasPart: true, missing: [], otherVersion: null };
const FAILS = {
  model: "sd-turbo",
  provider: "cuda",
  reason: "its part of the runtime is not installed",
} as const;
test.each<[string, Partial<GpuState>, string]>([
  ["nothing at all", { cards: [], trials: [FAILS] }, "There is no graphics card here"],
  ["a free driver", { cards: [{ ...CARD, driver: "nouveau" }] }, "Install NVIDIA's own driver"],
  ["no part of the runtime", { cuda: { ...CUDA, hasPart: false } }, "pixelkiln gpu --install"],
  [
    "CUDA 13 alone",
    { cuda: { ...CUDA, missing: ["libcudart.so.12", "libcudnn.so.9"], otherVersion: 13 } },
    "Install CUDA 12 and cuDNN 9: libcudart.so.12, libcudnn.so.9 cannot be found. CUDA 13 is there but does not fit.",
  ],
  ["all that it needs", { trials: [{ ...FAILS, reason: null }] }, "draws on the graphics card (cuda)"],
  [
    "webgpu, but not what is faster",
    { cuda: { ...CUDA, hasPart: false }, trials: [FAILS, { ...FAILS, provider: "webgpu", reason: null }] },
    "pixelkiln gpu --install",
  ],
])("with %s, the last line says what to do", (_, state, expected) => {
  expect(adviceFor({ cards: [CARD], cuda: CUDA, trials: [FAILS], ...state })).toContain(expected);
});

test.each([
  [
    "/onnxruntime_src/onnxruntime/core/providers/webgpu/webgpu_context.cc:136 onnxruntime::webgpu::WebGpuContext::Initialize(const onnxruntime::webgpu::WebGpuContextConfig&)::<lambda()> adapter_result.status == wgpu::RequestAdapterStatus::Success was false. Failed to get a WebGPU adapter: No supported adapters\n",
    "no graphics card was found that it can use",
  ],
  [
    "OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library",
    "its part of the runtime is not installed",
  ],
  [
    "libcudnn.so.9: cannot open shared object file: No such file",
    "the library libcudnn.so.9 is not installed",
  ],
  ["no available backend found. ERR: [dml] backend not found.", "this system's runtime does not have it"],
  [
    "Cannot find module '../bin/napi-v6/darwin/x64/onnxruntime_binding.node'",
    "ONNX Runtime, which runs networks, has no build for Macs with an Intel processor",
  ],
  [
    "bfc_arena.cc:391 void* onnxruntime::BFCArena::AllocateRawInternal Failed to allocate memory",
    "it has too little memory",
  ],
  ["Its numbers are off by 0.3 from the processor's.", "Its numbers are off by 0.3 from the processor's."],
])("the runtime's error %j is said in words", (text, words) => {
  expect(inWords(new Error(text))).toBe(words);
});
