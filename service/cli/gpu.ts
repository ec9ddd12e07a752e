import type { CatalogEntry } from "../generators/backend.ts";
import { loadCatalog } from "../generators/catalog.ts";
import { candidateProviders, type Provider } from "../generators/execution-provider.ts";
import { modelsDirs } from "../package-info.ts";
import { createLog } from "../service-log.ts";
import { WorkerLane } from "../workers/lane.ts";
import { WorkerDied } from "../workers/worker-died.ts";
import type { CliCommand, CliContext } from "./command.ts";
import { type CudaState, examineCuda, installCuda } from "./cuda.ts";
import { findGraphicsCards, type GraphicsCard } from "./graphics-cards.ts";
import { columns, readArguments } from "./usage.ts";

const KILL_MS = 2000;
/** A driver that has not answered a probe by then hangs. */
const STALL_MS = 60_000;

/** `pixelkiln gpu`. */
export const gpuCommand: CliCommand = {
  help: () => `pixelkiln gpu [--install] [--json]

Says which graphics cards and drivers are here, tries each provider with the networks of each model, and says what they
will draw on and what to do next. With --install, it first downloads the runtime's part for NVIDIA cards (Linux on x64,
about 200 MB). That needs CUDA 12 and cuDNN 9, not 13. PIXELKILN_DEVICE chooses a provider.`,
  run,
};

/** How a model fared with a provider; `reason` says why it cannot draw there. */
export interface ProviderTrial {
  model: string;
  provider: Provider;
  reason: string | null;
}

async function run(context: CliContext): Promise<number> {
  const flags = { install: { type: "boolean" }, json: { type: "boolean" } } as const;
  const { values } = readArguments(context.args, flags, { most: 0 });
  if (values.install === true) await installCuda(context);
  const cards = await findGraphicsCards(process.platform);
  const cuda = await examineCuda(context.env);
  const trials = await tryProviders(context);
  const uses = usesOf(trials);
  const advice = adviceFor({ cards, cuda, trials });
  if (values.json === true) {
    context.stdout.write(`${JSON.stringify({ cards, cuda, trials, uses, advice })}\n`);
    return 0;
  }
  const rows = [
    ...cards.map((card) => ["card", describeCard(card)] as const),
    ...(cards.length === 0 ? [["card", "none was found"] as const] : []),
    ...describeTrials(trials),
    ...Object.entries(uses).map(([model, provider]) => ["draws", `${model} on ${provider}`] as const),
  ];
  context.stdout.write(`${columns(rows)}\n\n${advice}\n`);
  return 0;
}

/** Tries every provider but the processor with every model, in a process that a driver may end. */
async function tryProviders({ env, stderr, signal }: CliContext): Promise<ProviderTrial[]> {
  const dirs = modelsDirs(env);
  const entries = (await loadCatalog(dirs)).filter(({ backend }) => backend.onDevices);
  const lane = new WorkerLane({
    ...{ env, modelsDirs: dirs, configured: [], log: createLog({ stderr, env, least: null }), isBrief: true },
    ...{ stallMs: STALL_MS, killGraceMs: KILL_MS, inspectPort: null, idleMs: null, defaultModel: () => null },
  });
  const providers = candidateProviders("auto", process.platform).filter((one) => one !== "cpu");
  const trials: ProviderTrial[] = [];
  const tryOne = async (
    { info: { id, sha256 } }: CatalogEntry,
    provider: Provider,
  ): Promise<string | null> => {
    const hooks = { signal, onProgress: () => {} };
    const { reason } = await lane.run("probe", { id, sha256, provider }, hooks).catch((error: unknown) => {
      if (error instanceof WorkerDied) return { reason: "its driver ended the process" };
      throw error;
    });
    return reason;
  };
  try {
    for (const entry of entries)
      for (const provider of providers)
        trials.push({ model: entry.info.id, provider, reason: await tryOne(entry, provider) });
  } finally {
    await lane.close();
  }
  return trials;
}

/** The provider that each model draws on: the first that works, or else the processor. */
function usesOf(trials: readonly ProviderTrial[]): Record<string, Provider> {
  const uses: Record<string, Provider> = {};
  for (const { model, provider, reason } of trials)
    if (reason === null) uses[model] = uses[model] && uses[model] !== "cpu" ? uses[model] : provider;
    else uses[model] ??= "cpu";
  return uses;
}

/** One row for each outcome of a provider; models are named where they differ. */
function describeTrials(trials: readonly ProviderTrial[]): [string, string][] {
  const models = new Map<string, string[]>();
  for (const { provider, reason, model } of trials) {
    const outcome = `${provider} ${reason ?? "works"}`;
    models.set(outcome, [...(models.get(outcome) ?? []), model]);
  }
  const count = new Set(trials.map(({ model }) => model)).size;
  return [...models].map(([outcome, names]) => {
    const [provider = "", ...words] = outcome.split(" ");
    return [provider, words.join(" ") + (names.length < count ? ` (${names.join(", ")})` : "")];
  });
}

function describeCard({ name, driver, memoryMib }: GraphicsCard): string {
  const memory = memoryMib === null ? "" : `, ${(memoryMib / 1024).toFixed(0)} GiB`;
  return `${name}${memory}, ${driver === null ? "no driver is loaded" : `driver ${driver}`}`;
}

/** What is known of a machine. */
export interface GpuState {
  cards: readonly GraphicsCard[];
  cuda: CudaState;
  trials: readonly ProviderTrial[];
}

/** Says in one line what to do next. */
export function adviceFor({ cards, cuda, trials }: GpuState): string {
  const nvidia = cards.find(({ isNvidia }) => isNvidia);
  const working = trials.find(({ reason }) => reason === null)?.provider;
  const cudaWorks = trials.some(({ provider, reason }) => provider === "cuda" && reason === null);
  if (nvidia && cuda.isOffered && !cudaWorks) {
    if (nvidia.driver === null || nvidia.driver === "nouveau")
      return `Install NVIDIA's own driver for the ${nvidia.name}, then run pixelkiln gpu again.`;
    if (!cuda.hasPart) return `To draw on the ${nvidia.name}: pixelkiln gpu --install`;
    if (cuda.missing.length > 0) {
      const other = cuda.otherVersion === null ? "" : ` CUDA ${cuda.otherVersion} is there but does not fit.`;
      return `Install CUDA 12 and cuDNN 9: ${cuda.missing.join(", ")} cannot be found.${other}`;
    }
  }
  if (working) return `Pixelkiln draws on the graphics card (${working}).`;
  if (cards.length === 0) return "There is no graphics card here: Pixelkiln draws on the processor.";
  if (process.platform === "linux")
    return "Pixelkiln draws on the processor. To draw on the card, install its Vulkan driver (mesa-vulkan-drivers and libvulkan1 on Debian and Ubuntu).";
  return "Pixelkiln draws on the processor: update the driver of the graphics card to change that.";
}
