import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { ProjectAssets, ProjectInfo, ServiceRecord } from "../../shared/project.ts";
import { runCli } from "../cli/run-cli.ts";
import { treeOf } from "../library/asset-setup.ts";
import { getJson, post, startServiceProcess, temporaryProject, until } from "./service-process.ts";

const BINARY = fileURLToPath(new URL("../../bin/pixelkiln.mjs", import.meta.url));

async function makeProject(): Promise<string> {
  const { dir, remove } = await temporaryProject();
  onTestFinished(remove);
  return dir;
}

async function startService(dir: string) {
  const service = await startServiceProcess(dir, { PIXELKILN_DEVICE: "cpu" });
  onTestFinished(() => service.kill());
  return service;
}

interface Changed {
  id: string;
  dir: string;
  name: string;
  rev: string;
  files: string[];
}

/** Collects the project.changed events of a service, from `lastEventId` on. */
function follow(url: string, lastEventId?: string): Changed[] {
  const events: Changed[] = [];
  const stop = new AbortController();
  onTestFinished(() => stop.abort());
  const headers: Record<string, string> = lastEventId === undefined ? {} : { "last-event-id": lastEventId };
  void (async () => {
    const response = await fetch(`${url}/v1/events`, { signal: stop.signal, headers });
    let text = "";
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      const blocks = (text + chunk).split("\n\n");
      text = blocks.pop() ?? "";
      for (const block of blocks) {
        const [, id = "", data = ""] = /^id: (\d+)\nevent: project\.changed\ndata: (.*)$/m.exec(block) ?? [];
        if (data !== "") events.push({ id, ...(JSON.parse(data) as Omit<Changed, "id">) });
      }
    }
  })().catch(() => {});
  return events;
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const write = async (dir: string, path: string, content: unknown): Promise<void> => {
  await mkdir(join(dir, path, ".."), { recursive: true });
  await writeFile(join(dir, path), JSON.stringify(content));
};

test("a job's files in the project and those of another process are told once each, and listed with a cursor", async () => {
  const dir = await makeProject();
  const { url } = await startService(dir);
  const before = ProjectAssets.parse((await getJson(`${url}/v1/project/assets`)).body);
  expect(before.assets).toEqual([]);
  const events = follow(url);
  await sleep(300);
  const output = { dir: "art", name: "slime" };
  await post(`${url}/v1/sprites`, { prompt: "green slime", seed: 1, steps: 2, output });
  await until(async () => (events.length >= 1 ? true : undefined));
  await write(dir, "art/gem.kiln.json", { kind: "sprite", prompt: "gem", steps: 2 });
  const built = await runCli(["build", "--json"], { cwd: dir });
  expect([built.code, JSON.parse(built.stdout)]).toEqual([0, { made: 1, fresh: 0, failed: 0 }]);
  await until(async () => (events.length >= 2 ? true : undefined));
  await sleep(400);
  expect(events.map(({ dir, name }) => `${dir}/${name}`)).toEqual(["art/slime", "art/gem"]);
  const { assets } = ProjectAssets.parse((await getJson(`${url}/v1/project/assets`)).body);
  expect(assets.map(({ name, rev }) => [name, rev]).sort()).toEqual(
    events.map(({ name, rev }) => [name, rev]).sort(),
  );
  expect(assets.find(({ name }) => name === "gem")?.files.map(({ path }) => path)).toContain("art/gem.png");
  // A late client resumes at the cursor of an earlier list.
  const late = follow(url, before.cursor);
  await until(async () => (late.length >= 2 ? true : undefined));
  expect(late.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
});

test("output for the client's own folder writes nothing into the project and makes files for that folder", async () => {
  const dir = await makeProject();
  const { url } = await startService(dir);
  const before = Object.keys(treeOf(dir)).filter((path) => !path.startsWith(".pixelkiln/"));
  const output = { name: "slime", engine: ["godot"], client_folder: "Assets/Enemies" };
  const { body } = await post(`${url}/v1/sprites`, { prompt: "green slime", steps: 2, output });
  expect(body.project_files).toEqual([]);
  expect(Object.keys(treeOf(dir)).filter((path) => !path.startsWith(".pixelkiln/"))).toEqual(before);
  const scene = await fetch(`${url}/v1/assets/${String(body.id)}/files/slime.tres`);
  expect(await scene.text()).toContain("res://Assets/Enemies/slime.png");
  for (const client_folder of ["../x", "/x", "a//b", "a\\b"]) {
    const refused = await post(`${url}/v1/sprites`, { prompt: "x", output: { ...output, client_folder } });
    expect([client_folder, refused.status]).toEqual([client_folder, 422]);
  }
});

test("a service and the command line alone make the same files, locks included", async () => {
  const [alone, served] = [await makeProject(), await makeProject()];
  for (const dir of [alone, served]) {
    await write(dir, "Art/potion.kiln.json", {
      kind: "sprite",
      prompt: "blue potion",
      steps: 2,
      exemplars: "off",
      output: { engine: ["godot"] },
    });
    await write(dir, "Art/copy.kiln.json", { kind: "pixelate", input_image: "potion.png" });
  }
  const { url } = await startService(await makeProject());
  expect((await runCli(["build"], { cwd: alone })).code).toBe(0);
  const remote = await runCli(["build", "--service", url], { cwd: served });
  expect([remote.code, remote.stderr.includes("drawing 100%")]).toEqual([0, true]);
  expect(treeOf(served)).toEqual(treeOf(alone));
  expect(Object.keys(treeOf(alone))).toContain("Art/potion.tres");
  const again = await runCli(["build", "--service", url], { cwd: alone });
  expect(again.stdout).toBe("nothing to do: 2 assets up to date\n");
});

test("a project says which service runs for it; what a killed one left, or another wrote, is not believed", async () => {
  const dir = await makeProject();
  const service = await startService(dir);
  const record = ServiceRecord.parse(
    JSON.parse(await readFile(join(dir, ".pixelkiln/service.json"), "utf8")),
  );
  const info = ProjectInfo.parse((await getJson(`${service.url}/v1/project`)).body);
  expect([record.url, record.instance]).toEqual([service.url, info.instance]);
  expect(await service.stop()).toBe(0);
  expect(existsSync(join(dir, ".pixelkiln/service.json"))).toBe(false);
  const other = await startService(await makeProject());
  await write(dir, ".pixelkiln/service.json", { ...record, url: other.url });
  await write(dir, "a.kiln.json", { kind: "sprite", prompt: "gem", steps: 2 });
  expect((await runCli(["build"], { cwd: dir })).code).toBe(0);
  expect((await getJson(`${other.url}/v1/jobs`)).body.jobs).toEqual([]);
});

test("watch starts the service, makes what is there and what is edited, is found by build, and ends at Ctrl-C", async () => {
  const dir = await makeProject();
  await write(dir, "art/gem.kiln.json", { kind: "sprite", prompt: "gem", steps: 2 });
  const child = spawn(process.execPath, [BINARY, "watch", "--port", "0"], {
    cwd: dir,
    env: { ...process.env, PIXELKILN_DEVICE: "cpu", PIXELKILN_URL: "" },
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let [out, errors] = ["", ""];
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const said = (text: string) => until(async () => ((out + errors).includes(text) ? true : undefined));
  await said("1 asset made; watching");
  const url = /http:\/\/[\d.:]+/.exec(out)?.[0] ?? "";
  const events = follow(url);
  await sleep(300);
  await write(dir, "art/gem.kiln.json", { kind: "sprite", prompt: "red gem", steps: 2 });
  await until(async () => (events.length >= 1 ? true : undefined));
  expect(events[0]).toMatchObject({ dir: "art", name: "gem" });
  await writeFile(join(dir, "art/gem.kiln.json"), '{"kind": "spri');
  await said("art/gem.kiln.json: This is not valid JSON: the file ends too early.");
  await write(dir, "art/coin.kiln.json", { kind: "sprite", prompt: "coin", steps: 2 });
  await said("art/coin.kiln.json: made art/coin.png");
  await rm(join(dir, "art/gem.kiln.json"));
  await said("art/gem.kiln.json: no longer makes");
  expect(events).toHaveLength(2);
  // A build at the same time uses the same service.
  await write(dir, "other.kiln.json", { kind: "sprite", prompt: "a cat", steps: 2 });
  await said("other.kiln.json: made other.png");
  expect((await runCli(["build", "--all"], { cwd: dir })).stdout).toContain("2 assets made");
  expect(((await getJson(`${url}/v1/jobs`)).body.jobs as unknown[]).length).toBe(6);
  child.kill("SIGINT");
  expect(await ended).toBe(0);
  expect(existsSync(join(dir, ".pixelkiln/service.json"))).toBe(false);
});
