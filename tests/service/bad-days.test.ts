import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import Database from "libsql";
import { afterEach, beforeEach, expect, test } from "vitest";
import { getJson, post, startServiceProcess, temporaryProject } from "./service-process.ts";

const binary = fileURLToPath(new URL("../../bin/pixelkiln.mjs", import.meta.url));
let project: Awaited<ReturnType<typeof temporaryProject>>;
beforeEach(async () => {
  project = await temporaryProject();
});
afterEach(() => project.remove());

const body = { prompt: "red potion", seed: 5, async: true };

test("a service whose folder is deleted takes no more jobs, says so and stops; the next one starts as in a new project", async () => {
  const service = await startServiceProcess(project.dir);
  let log = "";
  service.process.stderr?.on("data", (text) => {
    log += text;
  });
  const ended = new Promise((resolve) => service.process.once("exit", resolve));
  rmSync(join(project.dir, ".pixelkiln"), { recursive: true });
  const late = await post(`${service.url}/v1/sprites`, body).catch(() => null);
  if (late)
    expect(late).toMatchObject({ status: 503, body: { detail: expect.stringContaining("was deleted") } });
  expect(await ended).toBe(1);
  expect(log).toContain("was deleted while the service ran");
  const again = await startServiceProcess(project.dir);
  expect((await post(`${again.url}/v1/sprites`, body)).status).toBe(202);
  await again.kill();
});

test("a job database that another program locks is told, and nothing else waits for it", async () => {
  const service = await startServiceProcess(project.dir);
  const db = new Database(join(project.dir, ".pixelkiln", "jobs.db"));
  db.exec("BEGIN EXCLUSIVE");
  const order: string[] = [];
  const submitted = post(`${service.url}/v1/sprites`, body).then((answer) => {
    order.push("job");
    return answer;
  });
  for (let i = 0; i < 5; i++) {
    expect((await getJson(`${service.url}/livez`)).status).toBe(200);
    order.push("livez");
  }
  expect(await submitted).toMatchObject({ status: 503, body: { code: "storage-busy" } });
  expect(order.indexOf("job")).toBe(5);
  db.exec("ROLLBACK");
  db.close();
  expect((await post(`${service.url}/v1/sprites`, body)).status).toBe(202);
  await service.kill();
});

test("a damaged job database is one line that says what to do", () => {
  mkdirSync(join(project.dir, ".pixelkiln"));
  writeFileSync(
    join(project.dir, ".pixelkiln", "jobs.db"),
    "not a database, but long enough to be read as one. ".repeat(99),
  );
  const { status, stderr } = spawnSync(
    process.execPath,
    [binary, "serve", "--project", project.dir, "--port", "0"],
    {
      encoding: "utf8",
    },
  );
  expect(status).toBe(1);
  expect(stderr).toMatch(/^pixelkiln: The job database .*jobs\.db is damaged .*: move it aside/);
  expect(stderr.trim().split("\n")).toHaveLength(1);
});
