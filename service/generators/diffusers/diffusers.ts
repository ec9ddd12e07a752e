import { ServiceError } from "../../../shared/errors.ts";
import type { PixelImage } from "../../pixel/image.ts";
import { mergeMarked } from "../../pixel/repaint.ts";
import type { BackendCode, RunChoice, StoredModel } from "../backend.ts";
import { checkRequest } from "../check-request.ts";
import type { GenerateHooks, Generator, GeneratorInfo, PictureRequest, RawPicture } from "../generator.ts";
import { gaussianNoise } from "../noise.ts";
import { inWords, isFixedSize, isOutOfMemory } from "../runtime-words.ts";
import type { DiffusersConfig } from "./diffusers-config.ts";
import { drawLatent } from "./draw-latent.ts";
import { embedGuidance, guide } from "./guidance.ts";
import { type DiffusionNetworks, prepareNetworks, type Steering } from "./networks.ts";
import { cellsOf, cut, fromColorPlanes, type Planes, padAround, shiftOf, toColorPlanes } from "./planes.ts";
import { diffusersProbe } from "./probe.ts";
import { createSchedule } from "./schedule.ts";
import { groundFor, wordsFor } from "./words.ts";

const CHANNELS = 4;
/** Cells of the opposite edge that a decoder sees beyond an edge that wraps: as far as its convolutions reach. */
const PAD = 16;
/** Steps between the seeds of one drawing's noises: 2^32 over the golden ratio. */
const SEED_STEP = 0x9e3779b1;

interface Parts {
  info: GeneratorInfo;
  config: DiffusersConfig;
  networks: DiffusionNetworks;
  provider: string;
}

/** Folders of ONNX networks in the layout of diffusers as a backend. */
export const diffusersCode: BackendCode<DiffusersConfig> = { probe: diffusersProbe, load: loadDiffusers };

async function loadDiffusers(
  { folder, config, info }: StoredModel<DiffusersConfig>,
  choice: RunChoice,
): Promise<Generator> {
  const networks = prepareNetworks(folder, config, choice);
  const parts: Parts = { info, config, networks, provider: choice.provider };
  return {
    info,
    executionProvider: choice.provider,
    generate: (request, hooks) => generate(parts, request, hooks),
    dispose: () => networks.release(),
  };
}

async function generate(parts: Parts, request: PictureRequest, hooks: GenerateHooks): Promise<RawPicture> {
  checkRequest(request, parts.info);
  throwIfCancelled(hooks.signal);
  const { known, mask, start, strength } = request;
  if (start && strength === 0 && !known) return { image: start };
  try {
    const image = await draw(parts, request, hooks);
    return { image: known && mask ? mergeMarked(image, known, mask) : image };
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    // What ran out of memory, or lost its card, may run in fresh sessions.
    await parts.networks.release().catch(() => {});
    throw faultOf(error, parts, request);
  }
}

async function draw(parts: Parts, request: PictureRequest, hooks: GenerateHooks): Promise<PixelImage> {
  const { networks, config } = parts;
  const { width, height, seed, known, mask, start, strength } = request;
  const { factor } = config.latent;
  const cells = { width: width / factor, height: height / factor };
  const wrap = { x: request.wrapX, y: request.wrapY };
  hooks.onStage("encoding-prompt");
  const steering = await steeringOf(parts, request);
  const encode = async (picture: PixelImage): Promise<Float32Array> => {
    const colors = toColorPlanes(picture, groundFor(request.prompt).color);
    return (await throughPadding(networks.encode, colors, { wrap, factor: 1 / factor })).data;
  };
  const given = known && mask ? { latent: await encode(known), anew: cellsOf(mask, request, factor) } : null;
  const clean = start ? await encode(start) : null;
  throwIfCancelled(hooks.signal);
  hooks.onStage("denoising");
  const latent = await drawLatent({
    ...{ cells, given, start: clean, onStep: hooks.onStep },
    schedule: createSchedule(config.schedule, request.steps, start ? strength : 1),
    noise: (i) => gaussianNoise((seed + i * SEED_STEP) >>> 0, CHANNELS * cells.width * cells.height),
    shift: (i) => shiftOf(i, cells, wrap),
    predict: async (shown, time) => {
      const [wanted, without] = await networks.predict(shown, time, steering);
      return without ? guide(wanted!, without, request.guidanceScale) : wanted!;
    },
    check: () => throwIfCancelled(hooks.signal),
  });
  const colors = await throughPadding(networks.decode, { ...cells, data: latent }, { wrap, factor });
  if (colors.data.some(Number.isNaN)) throw new NoNumbers();
  return fromColorPlanes(colors);
}

/** A guidance of 1 is the plain prediction; a distilled network is told its guidance. */
async function steeringOf({ config, networks }: Parts, request: PictureRequest): Promise<Steering> {
  const { guidanceScale, width, height } = request;
  const isGuided = guidanceScale > 1 && config.guidanceWidth === null;
  const prompts = isGuided ? [wordsFor(request), request.negativePrompt] : [wordsFor(request)];
  const texts = [];
  for (const prompt of prompts) texts.push(await networks.encodeText(prompt));
  const guidance = config.guidanceWidth === null ? null : embedGuidance(guidanceScale, config.guidanceWidth);
  return { texts, picture: { width, height }, guidance };
}

interface Padding {
  wrap: { x: boolean; y: boolean };
  /** How many times larger the result is. */
  factor: number;
}

/** Runs a network of an autoencoder with the opposite edges beyond those that wrap, and cuts the result out. */
async function throughPadding(
  run: (planes: Planes) => Promise<Planes>,
  planes: Planes,
  { wrap, factor }: Padding,
): Promise<Planes> {
  if (!wrap.x && !wrap.y) return run(planes);
  const pad = PAD * Math.max(1, 1 / factor);
  const by = { x: wrap.x ? pad : 0, y: wrap.y ? pad : 0 };
  const result = await run(padAround(planes, by));
  const edges = { width: planes.width * factor, height: planes.height * factor };
  return cut(result, edges, { x: by.x * factor, y: by.y * factor });
}

/** A decoder that overflowed. */
class NoNumbers extends Error {}

function faultOf(error: unknown, { info, provider }: Parts, { width, height }: PictureRequest): ServiceError {
  const text = error instanceof Error ? error.message : String(error);
  const size = `${width}x${height}`;
  const failed = (detail: string) => new ServiceError("generation-failed", detail, { cause: error });
  if (error instanceof NoNumbers)
    return failed(
      `The model ${info.id} drew no numbers: its vae_decoder overflows in float16. Put a float32 one in its place.`,
    );
  if (isOutOfMemory(text))
    return failed(
      `There is too little memory to draw ${size} with the model ${info.id} (${provider}). Ask for a smaller size, close other programs, or use a float16 folder.`,
    );
  if (isFixedSize(text))
    return failed(
      `The networks of the model ${info.id} have fixed sizes, and ${size} is none of them, or does not wrap.`,
    );
  return failed(`The model ${info.id} failed on ${provider}: ${inWords(error)}`);
}

function throwIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new ServiceError("cancelled", "The job was cancelled.");
}
