/** What an error text of the inference runtime means; its own words are source files and signatures. */
const MEANINGS: readonly (readonly [RegExp, (found: RegExpExecArray) => string])[] = [
  [/(lib[\w+-]+\.so[.\d]*): cannot open shared object/, ([, name]) => `the library ${name} is not installed`],
  [/failed to load shared library/i, () => "its part of the runtime is not installed"],
  [/adapter|libvulkan|couldn't load vulkan/i, () => "no graphics card was found that it can use"],
  [/no cuda-capable device|cudaErrorNoDevice/i, () => "no NVIDIA card was found"],
  [/driver version is insufficient/i, () => "the graphics driver is too old for it"],
  [/backend not found/i, () => "this system's runtime does not have it"],
  [
    /darwin[\\/]x64[\\/]onnxruntime_binding/,
    () => "ONNX Runtime, which runs networks, has no build for Macs with an Intel processor",
  ],
  [/onnxruntime_binding\.node/, () => "the runtime has no build for this system"],
];

const NO_MEMORY =
  /out of ?memory|too little memory|bad_alloc|BFCArena|failed to allocate|MemoryAllocation|not enough memory|0x8007000e/i;
const FIXED_SIZE = /invalid dimensions|Got: \d+ Expected: \d+/;
const MOST = 200;

/** Whether a runtime failed for want of memory. */
export function isOutOfMemory(text: string): boolean {
  return NO_MEMORY.test(text);
}

/** Whether a network was asked for a size that its graph does not have. */
export function isFixedSize(text: string): boolean {
  return FIXED_SIZE.test(text);
}

/** Says in one line what an error of the inference runtime means. Text that says it already stays. */
export function inWords(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  for (const [pattern, meaning] of MEANINGS) {
    const found = pattern.exec(text);
    if (found) return meaning(found);
  }
  if (isOutOfMemory(text)) return "it has too little memory";
  // "/src/file.cc:136 void ns::f(int) condition was false. What happened": the end is for people.
  const line = (text.split("\n")[0] ?? "")
    .replace(/^.*\bwas false\. /, "")
    .replace(/^Load model from .* failed: ?/, "")
    .replace(/^.*\.cc:\d+ \S+ /, "");
  if (/::\w|onnxruntime_src/.test(line)) return "it does not start (PIXELKILN_LOG=debug shows why)";
  return line.length > MOST ? `${line.slice(0, MOST)}...` : line;
}
