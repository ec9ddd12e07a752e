import { join } from "node:path";
import { ServiceError } from "../../../shared/errors.ts";
import { decodeImage } from "../../codecs/decode-image.ts";
import type { PixelImage } from "../../pixel/image.ts";
import { parseHex } from "../../pixel/parse-hex.ts";
import { MEANT, pullToPalette } from "../../pixel/pull-to-palette.ts";
import { mergeMarked } from "../../pixel/repaint.ts";
import { makeThumbnail, thumbnailDistance } from "../../pixel/thumbnail.ts";
import type { BackendCode, StoredModel } from "../backend.ts";
import { checkRequest } from "../check-request.ts";
import type { GenerateHooks, Generator, GeneratorInfo, PictureRequest, RawPicture } from "../generator.ts";
import { chooseStart, FROM_NOISE, type Start } from "./choose-start.ts";
import { conditionsOf } from "./conditions.ts";
import type { EmbeddedConfig } from "./embedded-config.ts";
import { ATLAS_LIMIT, type ExemplarIndex, loadExemplars } from "./exemplars.ts";
import { addNoise, eulerStep, stepTimes } from "./flow-euler.ts";
import { guidanceAt, guide } from "./guidance.ts";
import { type EmbeddedNetworks, openNetworks, type SessionChoice } from "./networks.ts";
import { gaussianNoise } from "./noise.ts";
import { embeddedProbe } from "./probe.ts";
import { fromPlanes, givenCells, keepCells, toPlanes } from "./raster.ts";
import { createTextEncoder, type TextEncoder } from "./text-encoder.ts";
import { loadTokenizer } from "./tokenizer.ts";

/** Steps of a sketch that is asked for its colors alone. */
const SKETCH_STEPS = 6;

/** A drawing nearer than this to its exemplar counts as a copy; a little above what the evaluation calls one. */
const COPY = 0.44;
/** By how much more noise it is then drawn again, and the most: five drawings at worst, 0.7 s on two cores. */
const FURTHER = 0.08;
const FARTHEST = 0.75;

/** A loaded embedded model: its parts, none of which changes between pictures. */
interface Parts {
  info: GeneratorInfo;
  config: EmbeddedConfig;
  networks: EmbeddedNetworks;
  text: TextEncoder;
  exemplars: ExemplarIndex | null;
}

/**
 * Loads the small model that ships with the service: a rectified-flow U-Net in the latent of an
 * autoencoder. Throws an Error when a file cannot be opened.
 */
export async function loadEmbedded(
  { folder, config, info }: StoredModel<EmbeddedConfig>,
  choice: SessionChoice,
): Promise<Generator> {
  // The atlas is decoded by another thread while this one opens the networks.
  const loading = openExemplars(folder, config);
  loading?.catch(() => {});
  const networks = await openNetworks(folder, config, choice);
  const tokenizer = await loadTokenizer(join(folder, config.files.tokenizer), config.text.maxTokens);
  const text = createTextEncoder((ids) => networks.encodeText(ids), tokenizer, { width: config.text.width });
  const exemplars = await loading;
  const parts: Parts = { info, config, networks, text, exemplars };
  return {
    info,
    executionProvider: choice.provider,
    generate: (request, hooks) => generate(parts, request, hooks),
    dispose: () => networks.release(),
  };
}

/** The embedded model as a backend. */
export const embeddedCode: BackendCode<EmbeddedConfig> = { probe: embeddedProbe, load: loadEmbedded };

function openExemplars(
  folder: string,
  { files, text, exemplars }: EmbeddedConfig,
): Promise<ExemplarIndex> | null {
  const { exemplarAtlas, exemplarRows, exemplarVectors } = files;
  if (!exemplarAtlas || !exemplarRows || !exemplarVectors) return null;
  const paths = {
    atlas: join(folder, exemplarAtlas),
    rows: join(folder, exemplarRows),
    vectors: join(folder, exemplarVectors),
  };
  return loadExemplars(paths, { width: text.width, credits: exemplars?.credits ?? {} }, (bytes) =>
    decodeImage(bytes, "exemplarAtlas", ATLAS_LIMIT),
  );
}

async function generate(parts: Parts, request: PictureRequest, hooks: GenerateHooks): Promise<RawPicture> {
  checkRequest(request, parts.info);
  throwIfCancelled(hooks.signal);
  hooks.onStage("encoding-prompt");
  const { text, exemplars, config } = parts;
  const { exemplarNoise } = config.defaults;
  const sketch = () =>
    draw(
      parts,
      { ...request, steps: SKETCH_STEPS },
      { start: FROM_NOISE, hooks: { ...hooks, onStep: () => {} } },
    );
  const start = await chooseStart(request, { text, exemplars, exemplarNoise, sketch });
  const image = await drawApart(parts, request, { start, hooks });
  const { known, mask } = request;
  return {
    image: known && mask ? mergeMarked(image, known, mask) : image,
    palette: request.palette ? null : start.palette,
    exemplars: start.exemplars,
  };
}

/** Draws, and where a copy of the exemplar came out, draws again from more noise. */
async function drawApart(
  parts: Parts,
  request: PictureRequest,
  { start, hooks }: { start: Start; hooks: GenerateHooks },
): Promise<PixelImage> {
  let done = 0;
  for (let from = start.from; ; from += FURTHER) {
    let steps = 0;
    const onStep = (step: number, of: number) => {
      steps = of;
      hooks.onStep(done + step, done + of);
    };
    const image = await draw(parts, request, { start: { ...start, from }, hooks: { ...hooks, onStep } });
    if (!start.exemplar || from + FURTHER > FARTHEST || !isCopy(image, start.exemplar, start.palette))
      return image;
    done += steps;
  }
}

/** A drawing lies where its exemplar does and ends in its colors: so they are compared. */
function isCopy(image: PixelImage, exemplar: PixelImage, palette: string[] | null): boolean {
  const ended = palette ? pullToPalette(image, palette.map(parseHex), MEANT) : image;
  return thumbnailDistance(makeThumbnail(ended), makeThumbnail(exemplar)) < COPY;
}

async function draw(
  { config, networks, text }: Parts,
  request: PictureRequest,
  { start, hooks }: { start: Start; hooks: GenerateHooks },
): Promise<PixelImage> {
  if (start.image && start.from === 0) return start.image;
  const { width, height, known, mask, guidanceScale } = request;
  const { factor, channels } = config.latent;
  const cells = { width: width / factor, height: height / factor };
  const wrap = { x: request.wrapX, y: request.wrapY };
  const encode = (image: PixelImage) => networks.encode(toPlanes(image), { width, height }, wrap);

  // Guidance 1 is the plain prediction: the second half of the batch would be thrown away.
  const prompts = guidanceScale === 1 ? [request.prompt] : [request.prompt, request.negativePrompt];
  const given =
    known && mask ? { latent: await encode(known), cells: givenCells(mask, width, factor) } : null;
  const texts = await Promise.all(prompts.map((p) => text.encode(p)));
  const palette = request.palette ?? start.palette;
  const conditions = conditionsOf({ ...request, palette }, config, { texts, given });
  const noise = gaussianNoise(request.seed, channels * cells.width * cells.height);
  const hold = (latent: Float32Array, t: number) =>
    given ? keepCells(latent, addNoise(given.latent, noise, t), given.cells) : latent;

  const times = stepTimes(request.steps, start.from);
  let latent = start.image ? addNoise(await encode(start.image), noise, start.from) : noise;
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
