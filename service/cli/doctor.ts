import { access, constants, stat } from "node:fs/promises";
import { createServer } from "node:net";
import { availableParallelism, totalmem } from "node:os";
import { toProblem } from "../../shared/errors.ts";
import type { CatalogEntry } from "../generators/backend.ts";
import { loadCatalog } from "../generators/catalog.ts";
import { verifyFiles } from "../generators/verify-files.ts";
import { sprite } from "../kinds/sprite/kind.ts";
import { modelsDirs, packageInfo } from "../package-info.ts";
import { detectEngines } from "../project/detect-engines.ts";
import type { Workers } from "../workers/workers.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { completeManifest, makeHere, openWorkers } from "./local-workers.ts";
import { readArguments } from "./usage.ts";

const DEFAULT_PORT = 7878;

/** One thing that was checked. "bad": sprites cannot be made. "note": something is missing. */
interface Finding {
  name: string;
  state: "ok" | "note" | "bad";
  found: string;
  /** What to do about it. */
  advice?: string;
}

/** `pixelkiln doctor`. */
export const doctorCommand: CliCommand = {
  help: () => `pixelkiln doctor [--json]

Checks Node, the model files and their hashes, the device that draws, a test sprite, the current folder and the port.
The exit code is 1 when this machine cannot make sprites.`,
  run,
};

async function run(context: CliContext): Promise<number> {
  const { values } = readArguments(context.args, { json: { type: "boolean" } }, { most: 0 });
  const json = values.json === true;
  const findings: Finding[] = [];
  for await (const finding of examine(context)) {
    findings.push(finding);
    if (!json) show(context, finding);
  }
  const ok = findings.every(({ state }) => state !== "bad");
  if (json) context.stdout.write(`${JSON.stringify({ ok, findings })}\n`);
  else
    context.stdout.write(
      ok ? "\nThis machine can make sprites.\n" : "\nThis machine cannot make sprites yet.\n",
    );
  return ok ? 0 : 1;
}

function show({ stdout }: CliContext, { name, state, found, advice }: Finding): void {
  stdout.write(`${state.padEnd(4)}  ${name.padEnd(10)}  ${found}\n`);
  if (advice) stdout.write(`${" ".repeat(18)}-> ${advice}\n`);
}

async function* examine(context: CliContext): AsyncGenerator<Finding> {
  yield examineNode();
  yield {
    name: "machine",
    state: "ok",
    found: `${process.platform} ${process.arch}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB memory`,
  };
  const workers = await openWorkers(context);
  try {
    const models = await examineModels(workers, context);
    yield* models;
    if (models.some(({ state }) => state === "ok")) yield* examineDrawing(workers, context);
  } finally {
    await workers.close();
  }
  yield await examineFolder(context.cwd);
  yield await examinePort(DEFAULT_PORT);
  const { engines, root } = await detectEngines(context.cwd);
  yield {
    name: "project",
    state: "ok",
    found:
      root === null ? "no game here: sprites come as PNG and JSON" : `${engines.join(" and ")} at ${root}`,
  };
}

function examineNode(): Finding {
  const { leastNode } = packageInfo();
  const isOld = process.versions.node.localeCompare(leastNode, "en", { numeric: true }) < 0;
  const found = `Node ${process.versions.node}, pixelkiln ${packageInfo().version}`;
  return isOld
    ? { name: "node", state: "bad", found, advice: `Install Node ${leastNode} or later.` }
    : { name: "node", state: "ok", found };
}

/** Checks every model folder. A broken one is only "note" if another can draw. */
async function examineModels(workers: Workers, { env }: CliContext): Promise<Finding[]> {
  const name = "model";
  const dirs = modelsDirs(env);
  const unusable: Finding[] = [];
  await loadCatalog(dirs, ({ folder, reason }) =>
    unusable.push({ name, state: "bad", found: reason, advice: `Mend or remove the folder ${folder}.` }),
  );
  const found = await Promise.all(workers.catalog().map(examineModel));
  const findings = [...found, ...unusable];
  if (findings.some(({ state }) => state === "ok"))
    return findings.map((one) => (one.state === "bad" ? { ...one, state: "note" } : one));
  if (findings.length > 0) return findings;
  const advice = "Install Pixelkiln again, or set PIXELKILN_MODELS to a folder of models.";
  return [{ name, state: "bad", found: `none in ${dirs.join(", ")}`, advice }];
}

async function examineModel(entry: CatalogEntry): Promise<Finding> {
  const name = "model";
  const { id, bytes, weightsLicense } = entry.info;
  try {
    await verifyFiles(entry);
    const files = Object.keys(entry.hashes).length > 0 ? "hashes match" : "hashes are not known";
    const found = `${id}, ${(bytes / 1e6).toFixed(1)} MB, ${files}, weights under ${weightsLicense ?? "an unknown license"}`;
    return { name, state: "ok", found };
  } catch (error) {
    const advice = `A file is damaged: copy the folder ${entry.folder} again.`;
    return { name, state: "bad", found: toProblem(error).detail, advice };
  }
}

async function* examineDrawing(workers: Workers, context: CliContext): AsyncGenerator<Finding> {
  const target = { name: "doctor", engines: [], folder: "", assetId: null };
  const parsed = sprite.parse({ prompt: "red potion", seed: 1 });
  const hooks = { signal: context.signal, onProgress: () => {} };
  const draw = async () => completeManifest(await makeHere(workers, { kind: sprite, parsed, target }, hooks));
  try {
    const loading = performance.now();
    await workers.warm();
    const loaded = performance.now();
    const first = await draw();
    const drawn = performance.now();
    const again = await draw();
    yield* describeDevice(workers);
    const same = first.rev === again.rev;
    const found = `32x32 in ${Math.round(drawn - loaded)} ms, after ${Math.round(loaded - loading)} ms of loading; a second run gives ${same ? "the same" : "DIFFERENT"} bytes`;
    yield same
      ? { name: "sprite", state: "ok", found }
      : {
          name: "sprite",
          state: "note",
          found,
          advice: "This device does not give the same bytes twice; PIXELKILN_DEVICE=cpu does.",
        };
  } catch (error) {
    context.signal.throwIfAborted();
    yield* describeDevice(workers);
    yield {
      name: "sprite",
      state: "bad",
      found: toProblem(error).detail,
      advice: "Try PIXELKILN_DEVICE=cpu. If that fails too, reinstall with npm ci.",
    };
  }
}

function* describeDevice(workers: Workers): Generator<Finding> {
  const device = workers.device();
  if (!device) return;
  yield { name: "device", state: "ok", found: `draws on ${device.provider}` };
  for (const { provider, reason } of device.failures) {
    yield {
      name: "device",
      state: "note",
      found: `${provider} is not used: ${reason}`,
      advice: "With a graphics card, run: pixelkiln gpu",
    };
  }
}

async function examineFolder(cwd: string): Promise<Finding> {
  try {
    await access(cwd, constants.W_OK);
    return { name: "folder", state: "ok", found: `${cwd} is writable` };
  } catch {
    const owner = (await stat(cwd).catch(() => null))?.uid;
    return {
      name: "folder",
      state: "bad",
      found: `${cwd} is not writable (owner ${owner ?? "unknown"})`,
      advice: "Change to a folder that you can write to.",
    };
  }
}

async function examinePort(port: number): Promise<Finding> {
  const free = await new Promise<boolean>((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
  if (free) return { name: "port", state: "ok", found: `${port} is free` };
  return {
    name: "port",
    state: "note",
    found: `${port} is in use`,
    advice: `A service may be running already. If not: pixelkiln serve --port ${port + 1}`,
  };
}
