import { readFile, writeFile } from "node:fs/promises";
import { makeHere } from "../service/cli/local-workers.ts";
import { sprite } from "../service/kinds/sprite/kind.ts";
import { createWorkers } from "../service/workers/workers.ts";
const size = Number(process.argv[2] ?? 32);
const seeds = (process.argv[3] ?? "1,2,3").split(",").map(Number);
const only = process.argv[4];
const prompts = only ? only.split(",").map((prompt) => ({ prompt })) : JSON.parse(await readFile("models/creature-prompts.json", "utf8"));
const workers = await createWorkers({ modelsDirs: ["models"], env: process.env, log: () => {} });
try {
  for (const [i, { prompt }] of prompts.entries()) for (const seed of seeds) {
    const parsed = sprite.parse({ prompt, seed, width: size, height: size });
    const { files, manifest } = await makeHere(workers, { kind: sprite, parsed, target: { name: "s", engines: [], folder: "", assetId: null } }, { signal: new AbortController().signal, onProgress: () => {} });
    const f = files.find((x) => x.path.endsWith(".png"));
    await writeFile(`/tmp/cr/${only ? "x" : ""}${String(i).padStart(2, "0")}-${prompt.replaceAll(" ", "_")}-${size}-${seed}.png`, f!.bytes);
    console.log(i, prompt, seed, manifest.provenance.exemplars?.map((e: any) => `${e.caption} [${e.source}]`).join(" | "), manifest.warnings.join("; ").slice(0, 100));
  }
} finally { await workers.close(); }
