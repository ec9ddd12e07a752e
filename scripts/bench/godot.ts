import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { godotProject, runEditor } from "../../tests/consumers/godot-addon/editor-run.ts";
import { findGodot } from "../../tests/consumers/programs.ts";
import { send, startBenchService } from "./service-process.ts";
import { atMost, type Measure, plain, quantile } from "./table.ts";

const MOST_MEDIAN_MS = 1_000;
const FOLDER = "pixelkiln";
const MANIFEST = "pixelkiln.manifest.json";

const SCENE = `[gd_scene format=3]

[node name="Main" type="Node2D"]

[node name="Hero" type="Sprite2D" parent="."]
`;

/** File names of an asset with their bytes, the manifest last. */
type Version = [string, Buffer][];

/**
 * How soon after the service's event a node of the scene that is open in Godot shows the new picture. The two
 * versions are drawn before the clock runs and then laid into the project in turn, as a checkout would.
 */
export async function godotSuite(): Promise<Measure[]> {
  const { path: godot, hint } = findGodot();
  if (godot === null) throw new Error(`There is no Godot 4 here: ${hint}.`);
  const project = await godotProject({ "main.tscn": SCENE });
  const service = await startBenchService(project.dir);
  const stop = new AbortController();
  try {
    const place = join(project.dir, FOLDER);
    const versions = [await drawVersion(service.url, place, 32), await drawVersion(service.url, place, 24)];
    const told: number[] = [];
    let round = -1;
    await listenForChanges(service.url, stop.signal, () => {
      told[round] ??= Date.now();
    });
    const next = () => {
      round += 1;
      return putDown(place, versions[round % 2] ?? []);
    };
    const env = { PIXELKILN_URL: service.url };
    const run = await runEditor({ godot, project: project.dir, scenario: "follow", env, answers: { next } });
    const times = (run.report.times as number[]).map((time, i) => {
      const at = told[i];
      if (at === undefined) throw new Error(`Expected an event for change ${i} but received none.`);
      return time - at;
    });
    return [
      atMost(
        `event to open scene, headless, median of ${times.length}`,
        quantile(times, 0.5),
        MOST_MEDIAN_MS,
        "ms",
      ),
      plain("95 of 100 are faster than", quantile(times, 0.95), "ms"),
    ];
  } finally {
    stop.abort();
    await service.stop("SIGTERM");
    await project.remove();
  }
}

async function drawVersion(url: string, place: string, edge: number): Promise<Version> {
  const output = { dir: FOLDER, name: "bench", engine: ["godot"] };
  await send(`${url}/v1/sprites`, { prompt: "red gem", seed: 1, width: edge, height: edge, output });
  const names = (await readdir(place)).filter((name) => !name.endsWith(".import") && name !== MANIFEST);
  return Promise.all(
    [...names, MANIFEST].map(
      async (name): Promise<[string, Buffer]> => [name, await readFile(join(place, name))],
    ),
  );
}

async function putDown(place: string, version: Version): Promise<void> {
  for (const [name, bytes] of version) {
    const temporary = join(place, `.${name}.tmp`);
    await writeFile(temporary, bytes);
    await rename(temporary, join(place, name));
  }
}

/** Calls back when a change of the project is told; returns once the stream is open. */
async function listenForChanges(url: string, signal: AbortSignal, onChange: () => void): Promise<void> {
  const response = await fetch(`${url}/v1/events`, { signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const follow = async () => {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      if (/^event: project\.changed$/m.test(part.value)) onChange();
    }
  };
  follow().catch(() => undefined);
}
