import { fork } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { lockInstance } from "../../service/queue/instance-lock.ts";
import { ServiceError } from "../../shared/errors.ts";
import { temporaryFolder } from "./queue-setup.ts";

test("a second service on the same folder is refused and told what to do, until the first one stops", () => {
  const dir = temporaryFolder();
  const first = lockInstance(dir);
  expect(() => lockInstance(dir)).toThrow(ServiceError);
  expect(() => lockInstance(dir)).toThrow(/Another service already uses this project .*: stop it/);
  lockInstance(temporaryFolder()).release();
  first.release();
  lockInstance(dir).release();
});

test("a lock of another process holds, and is free again once that process was killed", async () => {
  const dir = temporaryFolder();
  const script = fileURLToPath(new URL("./store-process.ts", import.meta.url));
  const child = fork(script, ["lock", dir], { execArgv: ["--import", "tsx"] });
  await once(child, "message");
  expect(() => lockInstance(dir)).toThrow(/Another service already uses this project .*: stop it/);
  child.kill("SIGKILL");
  await once(child, "exit");
  lockInstance(dir).release();
});

test("a folder that cannot be made is refused with its path and the reason", () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  expect(() => lockInstance(join(file, "below"))).toThrow(/^The folder .*below cannot be created .*ENOTDIR/);
});
