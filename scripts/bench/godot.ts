import { access } from "node:fs/promises";
import { godotProject, runEditor } from "../../tests/consumers/godot-addon/editor-run.ts";
import { findGodot } from "../../tests/consumers/programs.ts";
import { send, startBenchService } from "./service-process.ts";
import { atMost, type Measure, plain, quantile } from "./table.ts";

const MOST_MEDIAN_MS = 1_000;

const SCENE = `[gd_scene format=3]

[node name="Main" type="Node2D"]

[node name="Hero" type="Sprite2D" parent="."]
`;

/** How soon after the service's event a node of the scene that is open in Godot shows the new picture. */
export async function godotSuite(): Promise<Measure[]> {
  const godot = findGodot().path;
  if (godot === null) return [{ what: "Godot 4", value: "not here: nothing was measured" }];
  const rows = await measure(godot, false);
  const windowed = `${godot}-xvfb`;
  const canShow = await access(windowed).then(
    () => true,
    () => false,
  );
  return canShow ? [...rows, ...(await measure(windowed, true))] : rows;
}

async function measure(godot: string, windowed: boolean): Promise<Measure[]> {
  const project = await godotProject({ "main.tscn": SCENE });
  const service = await startBenchService(project.dir);
  const stop = new AbortController();
  try {
    const published = await listenForAssets(service.url, stop.signal);
    let round = 0;
    const next = () => {
      round += 1;
      const edge = round % 2 === 0 ? 32 : 24;
      const output = { dir: "pixelkiln", name: "bench", engine: ["godot"] };
      return send(`${service.url}/v1/sprites`, {
        prompt: "red gem",
        seed: round,
        width: edge,
        height: edge,
        output,
      });
    };
    const env = { PIXELKILN_URL: service.url };
    const answers = { next };
    const run = await runEditor({ godot, project: project.dir, scenario: "follow", windowed, env, answers });
    // The first picture is there before the scene shows it.
    const times = (run.report.times as number[]).map((time, i) => time - (published[i + 1] ?? Number.NaN));
    const where = windowed ? "window, software OpenGL" : "headless";
    return [
      atMost(
        `event to open scene, ${where}, median of ${times.length}`,
        quantile(times, 0.5),
        MOST_MEDIAN_MS,
        "ms",
      ),
      plain("p95", quantile(times, 0.95), "ms"),
    ];
  } finally {
    stop.abort();
    await service.stop("SIGTERM");
    await project.remove();
  }
}

/** Notes when the event of each published asset arrives, in ms since 1970. The list grows while it is listened. */
async function listenForAssets(url: string, signal: AbortSignal): Promise<number[]> {
  const published: number[] = [];
  const response = await fetch(`${url}/v1/events`, { signal });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const follow = async () => {
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      if (part.value.includes("event: asset.published")) published.push(Date.now());
    }
  };
  follow().catch(() => undefined);
  return published;
}
