import type { Action } from "../../../shared/asset.ts";
import { invalidParameter, ServiceError } from "../../../shared/errors.ts";
import { refused } from "../../../shared/parse-request.ts";
import { withoutUndefined } from "../../../shared/records.ts";
import type { IgnoredParameter } from "../../../shared/requests.ts";
import { findEffect } from "../../effects/find-effect.ts";
import type { GeneratorInfo } from "../../generators/generator.ts";
import { findMotion } from "../../motion/find-motion.ts";
import { namesCreature, planOfPrompt } from "../../motion/rigs/choose-plan.ts";
import { drawnBounds, type PixelImage } from "../../pixel/image.ts";
import { namesPerson } from "../../wardrobe/dressed-person.ts";
import type { Wardrobe } from "../../wardrobe/open-wardrobe.ts";
import { headNoun } from "../../words/prompt-words.ts";
import { joinSettings, listUnused } from "../per-action.ts";
import { planDirections } from "../plan-directions.ts";
import { planFrameColors } from "../plan-frame-colors.ts";
import { sayUnmet } from "../say-unmet.ts";
import {
  type AnimationPlan,
  type AnimationSource,
  type PlannedAction,
  usualCount,
} from "./animation-plan.ts";
import { type FoundPerson, findPerson } from "./find-person.ts";
import { planActions } from "./plan-actions.ts";
import { planModelFrames, planStill, stillSize } from "./plan-still.ts";
import type { AnimationRequest } from "./request.ts";

const EDGE = 32;
/** Of all frames together, as of a picture that comes in. */
const MOST_PIXELS = 2048 * 2048;

/** Things that hop, whatever their silhouette. */
const LEGLESS =
  /^(?:slime|blob|jelly|ooze|ghost|spirit|wisp|snake|serpent|worm|slug|snail|fish|shark|eye|eyeball|ball|orb|mushroom|plant|flower|cactus|tree|fire|flame|elemental|cloud|crystal|gem|coin|chest|barrel|box|crate|potion|bottle|book|sword|key|cube|rock|stone|boulder|car|truck|tank)s?$/;

export interface AnimationContext {
  /** The installed models; the first is the default. */
  models: readonly GeneratorInfo[];
  /** What people are composed of; null if nobody is to be composed. */
  wardrobe: Pick<Wardrobe, "index"> | null;
  decoded: { inputImage: PixelImage | null; palettePicture: PixelImage | null };
  ignored: readonly IgnoredParameter[];
  chooseSeed: () => number;
}

/** What the choice of a source depends on. */
interface Question {
  request: AnimationRequest;
  context: AnimationContext;
  person: FoundPerson;
  directions: string[];
  canvas: { width: number; height: number };
  seed: number;
  /** Filled while the source is chosen. */
  ignored: IgnoredParameter[];
  warnings: string[];
}

/**
 * Turns an animation request into a plan with every default resolved. Pure: the same request (with a seed), models,
 * wardrobe and pictures give the same plan. Throws a ServiceError that names the field.
 */
export function planAnimation(request: AnimationRequest, context: AnimationContext): AnimationPlan {
  const { inputImage } = context.decoded;
  checkSubject(request, inputImage);
  const canvas = planCanvas(request, inputImage);
  const seed = request.seed ?? context.chooseSeed();
  const question: Question = {
    request,
    context,
    person: findPerson(request, { wardrobe: context.wardrobe, canvas, seed }),
    directions: planDirections(request),
    canvas,
    seed,
    ignored: [...context.ignored, ...listIgnored(request)],
    warnings: [],
  };
  const { source, actions } = chooseSource(question);
  checkFrames(actions, question);
  sayMotions(question, source, actions);
  if (request.strict && question.ignored.length > 0) throw refused(question.ignored);
  const colors = planFrameColors(request, context.decoded.palettePicture);
  question.warnings.push(...colors.warnings);
  const plan = {
    kind: "animation",
    source,
    actions,
    directions: question.directions,
    mirror: request.mirror === "auto",
    canvas,
    anchor: request.anchor,
    figure: isFigure(request),
    layout: request.sheet_layout,
    passes: [...colors.passes, ...colors.outline],
    palette: colors.palette,
    enlarge: request.upscale_output_factor ?? 1,
    seed,
    ignored: [...new Map(question.ignored.map((one) => [one.name, one])).values()],
    warnings: [...new Set(question.warnings)],
  } satisfies Omit<AnimationPlan, "resolved">;
  return { ...plan, resolved: resolve(request, plan) };
}

/** More frames than these take minutes to write, and no engine would take the sheet. */
function checkFrames(
  actions: readonly PlannedAction[],
  { directions, canvas }: Pick<Question, "directions" | "canvas">,
): void {
  const frames = actions.reduce((sum, { action, count }) => sum + (count ?? usualCount(action)), 0);
  const total = frames * directions.length;
  const most = Math.floor(MOST_PIXELS / (canvas.width * canvas.height));
  if (total <= most) return;
  throw invalidParameter(
    "actions",
    `${total} frames of ${canvas.width}x${canvas.height} in all directions`,
    `at most ${most} frames of this size: ask for fewer actions, directions or frames`,
  );
}

function checkSubject({ prompt }: AnimationRequest, input: PixelImage | null): void {
  if (input && !drawnBounds(input))
    throw invalidParameter("input_image", "a fully transparent picture", "a drawing to animate");
  if ((prompt !== undefined && prompt !== "") || input) return;
  throw invalidParameter("prompt", "nothing", "text, or an input_image");
}

function planCanvas(request: AnimationRequest, input: PixelImage | null): AnimationPlan["canvas"] {
  if (!input) return { width: request.width ?? EDGE, height: request.height ?? request.width ?? EDGE };
  for (const field of ["width", "height"] as const) {
    const asked = request[field];
    if (asked !== undefined && asked !== input[field])
      throw invalidParameter(
        field,
        String(asked),
        `${input[field]}, the ${field} of input_image, whose pixels are kept`,
      );
  }
  return { width: input.width, height: input.height };
}

/** Whether the prompt says that the subject has legs; null if its pixels must decide. */
function isFigure({ prompt = "" }: AnimationRequest): boolean | null {
  if (namesPerson(prompt) && !namesCreature(prompt)) return true;
  return LEGLESS.test(headNoun(prompt) ?? "") ? false : null;
}

function listIgnored(request: AnimationRequest): IgnoredParameter[] {
  const { actions, fps, loop, frames_duration } = request;
  const ignored = listUnused({ fps, loop, frames_duration }, actions);
  if (fps !== undefined && request.frame_durations_ms !== undefined)
    ignored.push({ name: "fps", reason: "frame_durations_ms is given as well" });
  if (!actions.includes("custom") && request.action_description !== "")
    ignored.push({ name: "action_description", reason: "only the action custom uses it" });
  return ignored;
}

interface Chosen {
  source: AnimationSource;
  actions: PlannedAction[];
}

function chooseSource(question: Question): Chosen {
  const { request, context, person, warnings } = question;
  const { inputImage } = context.decoded;
  const wanted = request.motion;
  if (inputImage) {
    if (wanted === "model" || wanted === "exemplar")
      warnings.push(`Motion ${wanted} needs a prompt, so input_image is animated procedurally.`);
    sayOneView(question, "input_image");
    return { source: { by: "input", image: inputImage }, actions: planActions(request, "other") };
  }
  const model = context.models.length === 0 && person.source ? null : chooseModel(question);
  const drawn = ["action", "framePhase"].every((control) =>
    (model?.controls as readonly string[] | undefined)?.includes(control),
  );
  if (wanted === "model" && !drawn && model)
    warnings.push(`The model ${model.id} cannot draw motion, so another way was used.`);
  if (model && drawn && (wanted === "auto" || wanted === "model")) return planByModel(question, model);
  if (person.source) return planPerson(question, person.source);
  if (wanted === "exemplar")
    warnings.push(`No licensed motion fits (${person.refusal}), so it is animated procedurally.`);
  return planSpriteSource(question);
}

/** A still of an explosion that is moved looks like nothing, and there is a kind that draws its every frame. */
function sayEffect({ request: { prompt = "" }, warnings }: Question): void {
  const effect = findEffect(prompt);
  if (!effect || effect.isAlsoThing) return;
  const name = effect.name.replaceAll("_", " ");
  warnings.push(`This moves one drawing: \`effect\` (POST /v1/effects) draws every frame of ${name}.`);
}

function chooseModel({ request, context }: Question): GeneratorInfo {
  const { models } = context;
  const found = request.model === undefined ? models[0] : models.find(({ id }) => id === request.model);
  if (found) return found;
  if (models.length === 0)
    throw new ServiceError(
      "model-unavailable",
      "There is no model to draw with: pixelkiln doctor says what to do.",
    );
  throw invalidParameter("model", String(request.model), `one of ${models.map(({ id }) => id).join(", ")}`);
}

function planByModel(question: Question, model: GeneratorInfo): Chosen {
  const { request, directions } = question;
  const actions = planActions(request, "model");
  const still = planDrawing(question, question.canvas);
  const turns = model.controls.includes("direction");
  const counted = actions.map(({ action, count }) => ({ action, count: count ?? usualCount(action) }));
  const plan = planModelFrames(still, { actions: counted, directions, turns });
  return { source: { by: "model", plan }, actions };
}

function planDrawing(question: Question, size: AnimationPlan["canvas"]) {
  const { request, context, seed, ignored, warnings } = question;
  const { models, chooseSeed } = context;
  const decoded = { inputImage: null, palettePicture: null };
  const still = planStill(
    { ...request, strict: false },
    { models, decoded, ignored: [], chooseSeed },
    { seed, size },
  );
  ignored.push(...still.ignored);
  warnings.push(...still.warnings);
  return still;
}

function planSpriteSource(question: Question): Chosen {
  sayEffect(question);
  const { request, canvas } = question;
  sayOneView(question, "the drawing");
  const hops = isFigure(request) === false;
  const size = stillSize(request.actions, canvas, { hops, plan: planOfPrompt(request.prompt ?? "") });
  return {
    source: { by: "sprite", plan: planDrawing(question, size) },
    actions: planActions(request, "other"),
  };
}

function sayOneView({ directions, warnings }: Question, what: string): void {
  if (directions.length > 1)
    warnings.push(
      `There is only one view of ${what}: every direction shows it, mirrored to face west or east.`,
    );
}

/** Fields about drawing have no effect on a composed person. */
const DRAWING_FIELDS = ["model", "negative_prompt", "steps", "guidance_scale"] as const;

function planPerson(
  { request, ignored, warnings }: Question,
  source: Extract<AnimationSource, { by: "person" }>,
): Chosen {
  const actions = planActions(request, "person");
  for (const name of DRAWING_FIELDS)
    if (request[name] !== undefined && request[name] !== "")
      ignored.push({ name, reason: "no model draws people: they are composed of licensed parts" });
  const moved = actions.filter(({ shows }) => shows === null).map(({ name }) => name);
  if (moved.length > 0)
    warnings.push(`Nobody drew ${moved.join(" or ")} for people, so the standing frame is moved.`);
  warnings.push(...sayUnmet(source.unmetWords));
  return { source, actions };
}

function sayMotions(
  { request, warnings }: Question,
  source: AnimationSource,
  actions: PlannedAction[],
): void {
  const isKnown = findMotion("custom", request.action_description).known;
  if (isKnown || source.by === "model" || !actions.some(({ action }) => action === "custom")) return;
  const words = request.action_description.slice(0, 60);
  warnings.push(`There is no motion for "${words}", so it just breathes.`);
}

/** Gives the resolved request: sent again, with the same model and version, it gives the same bytes. */
function resolve(request: AnimationRequest, plan: Omit<AnimationPlan, "resolved">): Record<string, unknown> {
  const { check_cost: _cost, async: _async, frame_durations_ms: durations, ...rest } = request;
  const settings = <T>(pick: (action: PlannedAction) => T | undefined): unknown =>
    joinSettings(plan.actions.map((action): [Action, T | undefined] => [action.action, pick(action)]));
  return withoutUndefined({
    ...rest,
    actions: plan.actions.map(({ action }) => action),
    action_description: request.actions.includes("custom") ? rest.action_description : "",
    directions: plan.directions,
    width: plan.canvas.width,
    height: plan.canvas.height,
    frames_duration: settings(({ count }) => count ?? undefined),
    ...("plan" in plan.source ? { model: plan.source.plan.model } : {}),
    fps: durations ? undefined : settings(({ timing }) => ("fps" in timing ? timing.fps : undefined)),
    frame_durations_ms: durations,
    loop: settings(({ loop }) => loop),
    seed: plan.seed,
    upscale_output_factor: plan.enlarge,
    ...(plan.palette ? { input_palette: plan.palette.name ?? plan.palette.colors } : {}),
  });
}
