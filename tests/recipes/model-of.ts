import type { GeneratorInfo } from "../../service/generators/generator.ts";

/** Describes a 32-pixel model as the embedded one is, with any part replaced. */
export function modelOf(parts: Partial<GeneratorInfo> = {}): GeneratorInfo {
  return {
    id: "embedded-v1",
    title: "Embedded",
    backend: "embedded",
    output: "native",
    sizes: [32],
    editSizes: [32],
    controls: [
      "prompt",
      "negativePrompt",
      "kind",
      "bounds",
      "colorCount",
      "wrapX",
      "wrapY",
      "known",
      "mask",
      "start",
      "strength",
      "exemplars",
      "seed",
      "steps",
      "guidanceScale",
    ],
    deterministic: true,
    defaults: { steps: 12, guidanceScale: 2.5, exemplars: "auto" },
    weightsLicense: "MIT",
    trainingDataLicenses: ["CC0-1.0"],
    sha256: "0".repeat(64),
    bytes: 1,
    ...parts,
  };
}
