import { join } from "node:path";
import { ServiceError } from "../../../shared/errors.ts";
import type { PixelImage } from "../../pixel/image.ts";
import { mergeMarked } from "../../pixel/repaint.ts";
import type { BackendCode, StoredModel } from "../backend.ts";
import { checkRequest } from "../check-request.ts";
import type { GenerateHooks, Generator, GeneratorInfo, PictureRequest, RawPicture } from "../generator.ts";
import { gaussianNoise } from "../noise.ts";
import { type OnDemand, openOnDemand } from "../open-on-demand.ts";
import type { SessionChoice } from "../open-session.ts";
import { completeSubject } from "./complete-subject.ts";
import { conditionsOf } from "./conditions.ts";
import { drawFromExemplars } from "./draw-from-exemplars.ts";
import type { ExemplarSource } from "./edit-exemplar.ts";
import type { EmbeddedConfig } from "./embedded-config.ts";
import { indexLibrary } from "./exemplar-library.ts";
import { openLibrary } from "./exemplar-pictures.ts";
import { addNoise, eulerStep, stepTimes } from "./flow-euler.ts";
import { guidanceAt, guide } from "./guidance.ts";
import { type EmbeddedNetworks, openNetworks } from "./networks.ts";
import { onOtherCanvas } from "./on-other-canvas.ts";
import { embeddedProbe } from "./probe.ts";
import { fromPlanes, givenCells, keepCells, toPlanes } from "./raster.ts";
import { createTextEncoder, type TextEncoder } from "./text-encoder.ts";
import { loadTokenizer } from "./tokenizer.ts";

/** A loaded embedded model: its parts, none of which changes between pictures. */
interface Parts {
  info: GeneratorInfo;
  config: EmbeddedConfig;
  /** Opened when a picture needs them: what is made of licensed drawings does not. */
  networks: OnDemand<Networks>;
  exemplars: ExemplarSource | null;
}

interface Networks extends EmbeddedNetworks {
  text: TextEncoder;
}

/**
 * Loads the small model that ships with the service: a rectified-flow U-Net in the latent of an
 * autoencoder. Throws an Error when a file cannot be opened.
 */
export async function loadEmbedded(
  { folder, config, info }: StoredModel<EmbeddedConfig>,
  choice: SessionChoice,
): Promise<Generator> {
  const exemplars = await openExemplars(folder, config);
  const networks = openOnDemand(() => openAll(folder, config, choice), null);
  const parts: Parts = { info, config, networks, exemplars };
  return {
    info,
    executionProvider: choice.provider,
    generate: (request, hooks) => generate(parts, request, hooks),
    dispose: () => networks.release(),
  };
}

async function openAll(folder: string, config: EmbeddedConfig, choice: SessionChoice): Promise<Networks> {
  const networks = await openNetworks(folder, config, choice);
  const tokenizer = await loadTokenizer(join(folder, config.files.tokenizer), config.text.maxTokens);
  const text = createTextEncoder((ids) => networks.encodeText(ids), tokenizer, { width: config.text.width });
  return { ...networks, text };
}

/** The embedded model as a backend. */
export const embeddedCode: BackendCode<EmbeddedConfig> = { probe: embeddedProbe, load: loadEmbedded };

async function openExemplars(folder: string, { files }: EmbeddedConfig): Promise<ExemplarSource | null> {
  const { exemplarRows, exemplarPictures, exemplarCredits } = files;
  if (!exemplarRows || !exemplarPictures || !exemplarCredits) return null;
  const library = await openLibrary({
    rows: join(folder, exemplarRows),
    pictures: join(folder, exemplarPictures),
    credits: join(folder, exemplarCredits),
  });
  return { library, index: indexLibrary(library.rows) };
}

async function generate(parts: Parts, request: PictureRequest, hooks: GenerateHooks): Promise<RawPicture> {
  checkRequest(request, parts.info);
  throwIfCancelled(hooks.signal);
  hooks.onStage("encoding-prompt");
  const { known, mask, start, strength, width, height } = request;
  if (request.subject) {
    const { image, unmetWords } = request.subject;
    const completed = parts.exemplars && (await completeSubject(request, request.subject, parts.exemplars));
    return { ...(completed ?? { image, unmetWords }), isPixelArt: true };
  }
  const isFree = request.exemplars !== "off" && !known && !start;
  const found = isFree && parts.exemplars ? await drawFromExemplars(request, parts.exemplars) : null;
  throwIfCancelled(hooks.signal);
  if (found) return { ...found, isPixelArt: true };
  if (start && strength === 0 && !known) return { image: start };
  const { config } = parts;
  const { canvas } = config.latent;
  const drawn = (asked: PictureRequest) =>
    parts.networks.use((networks) => draw({ config, networks }, asked, hooks));
  const image =
    width === canvas && height === canvas
      ? await drawn(request)
      : await onOtherCanvas(request, canvas, drawn);
  return { image: known && mask ? mergeMarked(image, known, mask) : image };
}

async function draw(
  { config, networks: { text, ...networks } }: { config: EmbeddedConfig; networks: Networks },
  request: PictureRequest,
  hooks: GenerateHooks,
): Promise<PixelImage> {
  const { width, height, known, mask, guidanceScale, start } = request;
  const { factor, channels } = config.latent;
  const cells = { width: width / factor, height: height / factor };
  const wrap = { x: request.wrapX, y: request.wrapY };
  const encode = (image: PixelImage) => networks.encode(toPlanes(image), { width, height }, wrap);

  // Guidance 1 is the plain prediction: the second half of the batch would be thrown away.
  const prompts = guidanceScale === 1 ? [request.prompt] : [request.prompt, request.negativePrompt];
  const given =
    known && mask ? { latent: await encode(known), cells: givenCells(mask, width, factor) } : null;
  const texts = await Promise.all(prompts.map((p) => text.encode(p)));
  const conditions = conditionsOf(request, config, { texts, given });
  const noise = gaussianNoise(request.seed, channels * cells.width * cells.height);
  const hold = (latent: Float32Array, t: number) =>
    given ? keepCells(latent, addNoise(given.latent, noise, t), given.cells) : latent;

  const from = start ? request.strength : 1;
  const times = stepTimes(request.steps, from);
  let latent = start ? addNoise(await encode(start), noise, from) : noise;
  hooks.onStage("denoising");
  for (const [i, t] of times.slice(0, -1).entries()) {
    throwIfCancelled(hooks.signal);
    const [wanted, without] = await networks.denoise(hold(latent, t), t, cells, conditions);
    const clean = without ? guide(wanted!, without, guidanceAt(t, guidanceScale)) : wanted!;
    latent = eulerStep(hold(latent, t), clean, t, times[i + 1]!);
    hooks.onStep(i + 1, times.length - 1);
  }
  throwIfCancelled(hooks.signal);
  return fromPlanes(await networks.decode(hold(latent, 0), cells, wrap), width, height);
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new ServiceError("cancelled", "The job was cancelled.");
}
