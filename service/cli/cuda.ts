import { spawn } from "node:child_process";
import { access, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ServiceError } from "../../shared/errors.ts";
import type { CliContext } from "./command.ts";
import { output } from "./graphics-cards.ts";

/** Libraries of CUDA 12 and cuDNN 9 that the runtime's part for CUDA opens. */
const LIBRARIES = [
  ...["libcudart.so.12", "libcublas.so.12", "libcublasLt.so.12", "libcufft.so.11", "libcurand.so.10"],
  "libcudnn.so.9",
] as const;
const PART = "libonnxruntime_providers_cuda.so";

/** What CUDA lacks on this machine. */
export interface CudaState {
  /** Whether there is a build of it for this system at all. */
  isOffered: boolean;
  /** Whether the runtime's own part is installed. */
  hasPart: boolean;
  /** Libraries of CUDA 12 and cuDNN 9 that the loader does not find. */
  missing: string[];
  /** Another version of CUDA that is there, such as 13; null: none. */
  otherVersion: number | null;
}

/** Looks for the parts of CUDA. Only Linux on x64 has a build. */
export async function examineCuda(env: NodeJS.ProcessEnv): Promise<CudaState> {
  const isOffered = process.platform === "linux" && process.arch === "x64";
  if (!isOffered) return { isOffered, hasPart: false, missing: [], otherVersion: null };
  const part = join(runtimeFolder(), "bin/napi-v6/linux/x64", PART);
  const hasPart = await access(part).then(
    () => true,
    () => false,
  );
  const known = await libraryNames(env);
  const versions = known.flatMap((name) => Number(/^libcudart\.so\.(\d+)$/.exec(name)?.[1] ?? 0) || []);
  const otherVersion = versions.find((version) => version !== 12) ?? null;
  return { isOffered, hasPart, missing: LIBRARIES.filter((name) => !known.includes(name)), otherVersion };
}

/** Names of the libraries that the loader finds. */
async function libraryNames(env: NodeJS.ProcessEnv): Promise<string[]> {
  const folders = (env.LD_LIBRARY_PATH ?? "").split(":").filter((folder) => folder !== "");
  const lists = await Promise.all(folders.map((folder) => readdir(folder).catch(() => [] as string[])));
  const cache = (await output("ldconfig", ["-p"])) || (await output("/sbin/ldconfig", ["-p"]));
  return [...lists.flat(), ...[...cache.matchAll(/^\s+(\S+) \(/gm)].map((found) => found[1] ?? "")];
}

/**
 * Downloads the runtime's part for CUDA with the runtime's own script, which npm must not run here. What it prints goes to
 * stderr. Throws a ServiceError that says what to do if there is no build or the script fails.
 */
export async function installCuda({ env, stderr, signal }: CliContext): Promise<void> {
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new ServiceError(
      "model-unavailable",
      `There is no CUDA for ${process.platform} ${process.arch}: the runtime has it for Linux on x64 only. ${instead()}`,
    );
  // npm's own variables make the script believe that it runs for a clone of the runtime, and then it does nothing.
  const clean = Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith("npm_")));
  const script = join(runtimeFolder(), "script/install.js");
  const child = spawn(process.execPath, [script], {
    env: { ...clean, ONNXRUNTIME_NODE_INSTALL: "true" },
    stdio: ["ignore", "pipe", "pipe"],
    signal,
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (stream === child.stdout) stderr.write(text);
    });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (code === 0) return;
  const reason = /^\s*(?:\w*Error): (.+)$/m.exec(said)?.[1] ?? `exit code ${code}`;
  throw new ServiceError(
    "model-unavailable",
    `The part for CUDA could not be installed: ${reason}. It is downloaded from Microsoft's packages (about 200 MB) into ${runtimeFolder()}.`,
  );
}

/** What draws on cards where there is no CUDA. */
function instead(): string {
  if (process.platform === "win32")
    return "On Windows, cards draw through webgpu and dml: nothing is to be installed.";
  if (process.platform === "darwin" && process.arch === "x64")
    return "For Macs with an Intel processor it has no build at all: an image server on this machine can draw instead.";
  if (process.platform === "darwin")
    return "On Macs, the card draws through webgpu and coreml: nothing is to be installed.";
  return "An image server can draw on the card instead.";
}

function runtimeFolder(): string {
  return dirname(dirname(createRequire(import.meta.url).resolve("onnxruntime-node")));
}
