import { invalidParameter, ServiceError } from "../../../shared/errors.ts";
import { refused } from "../../../shared/parse-request.ts";
import { withoutUndefined } from "../../../shared/records.ts";
import { type IgnoredParameter, SpriteRequest } from "../../../shared/requests.ts";
import type { GeneratorInfo } from "../../generators/generator.ts";
import { choosePerson, personRole } from "../../motion/choose-person.ts";
import { type FoundMotion, findMotion } from "../../motion/find-motion.ts";
import { type MotionSet, PERSON_ACTIONS } from "../../motion/people.ts";
import { personColors, readPartColors } from "../../motion/recolor-person.ts";
import { drawnBounds, type PixelImage } from "../../pixel/image.ts";
import type { PassStep } from "../../pixel/passes.ts";
import { type ColorPlan, planColors } from "../../recipes/plan-colors.ts";
import { STYLES } from "../../recipes/styles.ts";
import { headNoun } from "../../words/prompt-words.ts";
import type { AnimationPlan, AnimationSource } from "./animation-plan.ts";
import { planModelFrames, planStill, stillSize } from "./plan-still.ts";
import { planDirections, planTimes } from "./plan-times.ts";
import type { AnimationRequest } from "./request.ts";

const EDGE = 32;
const CYCLES: readonly string[] = ["idle", "walk", "run"];
/** Smaller people are unrecognizable. */
const LEAST_PERSON = 24;
/** Maximum of color_count, used to plan outlines if the request has none. */
const MOST_COLORS = 64;

/** Things that hop, whatever their silhouette. */
const LEGLESS =
  /^(?:slime|blob|jelly|ooze|ghost|spirit|wisp|snake|serpent|worm|slug|snail|fish|shark|eye|eyeball|ball|orb|mushroom|plant|flower|cactus|tree|fire|flame|elemental|cloud|crystal|gem|coin|chest|barrel|box|crate|potion|bottle|book|sword|key|cube|rock|stone|boulder|car|truck|tank)s?$/;

export interface AnimationContext {
  /** The installed models; the first is the default. */
  models: readonly GeneratorInfo[];
  /** The licensed motions of the chosen model; null if it has none. */
  motions: MotionSet | null;
  decoded: { inputImage: PixelImage | null; palettePicture: PixelImage | null };
  ignored: readonly IgnoredParameter[];
  chooseSeed: () => number;
}

/** What the choice of a source depends on. */
interface Question {
  request: AnimationRequest;
  context: AnimationContext;
  found: FoundMotion;
  directions: string[];
  count: number;
  canvas: { width: number; height: number };
  seed: number;
  /** Filled while the source is chosen. */
  ignored: IgnoredParameter[];
  warnings: string[];
}

/**
 * Turns an animation request into a plan with every default resolved. Pure: the same request (with a seed), models,
 * motions and pictures give the same plan. Throws a ServiceError that names the field.
 */
export function planAnimation(request: AnimationRequest, context: AnimationContext): AnimationPlan {
  const { inputImage } = context.decoded;
  checkSubject(request, inputImage);
  const found = findMotion(request.action, request.action_description);
  const canvas = planCanvas(request, inputImage);
  const { count, durationsMs } = planTimes(request);
  const question: Question = {
    request,
    context,
    found,
    directions: planDirections(request),
    count,
    canvas,
    seed: request.seed ?? context.chooseSeed(),
    ignored: [...context.ignored, ...listIgnored(request)],
    warnings: [],
  };
  if (request.action === "custom" && !found.known) {
    question.warnings.push(
      `There is no motion for "${request.action_description.slice(0, 60)}", so it just breathes.`,
    );
  }
  const source = chooseSource(question);
  if (request.strict && question.ignored.length > 0) throw refused(question.ignored);
  const colors = planFrameColors(request, context.decoded.palettePicture);
  question.warnings.push(...colors.warnings);
  const loop =
    request.loop ?? (CYCLES.includes(request.action) || (request.action === "custom" && found.cycle));
  const plan = {
    kind: "animation",
    action: request.action,
    name: found.name,
    motion: motionOf(source),
    source,
    actionWords: request.action_description,
    directions: question.directions,
    mirror: request.mirror === "auto",
    canvas,
    count,
    durationsMs,
    loop,
    anchor: request.anchor,
    figure: isFigure(request),
    layout: request.sheet_layout,
    passes: [...colors.passes, ...colors.outline],
    palette: colors.palette,
    enlarge: request.upscale_output_factor ?? 1,
    seed: question.seed,
    ignored: [...new Map(question.ignored.map((one) => [one.name, one])).values()],
    warnings: [...new Set(question.warnings)],
  } satisfies Omit<AnimationPlan, "resolved">;
  return { ...plan, resolved: resolve(request, plan) };
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
  if (personRole(prompt) !== null) return true;
  return LEGLESS.test(headNoun(prompt) ?? "") ? false : null;
}

/** The fields about drawing have no effect on the user's own picture. */
function listIgnored(request: AnimationRequest): IgnoredParameter[] {
  const ignored: IgnoredParameter[] = [];
  if (request.fps !== undefined && request.frame_durations_ms !== undefined)
    ignored.push({ name: "fps", reason: "frame_durations_ms is given as well" });
  if (request.action !== "custom" && request.action_description !== "")
    ignored.push({ name: "action_description", reason: "only the action custom uses it" });
  return ignored;
}

function chooseSource(question: Question): AnimationSource {
  const { request, context, warnings } = question;
  const { inputImage } = context.decoded;
  const wanted = request.motion;
  if (inputImage) {
    if (wanted === "model" || wanted === "exemplar")
      warnings.push(`Motion ${wanted} needs a prompt, so input_image is animated procedurally.`);
    sayOneView(question, "input_image");
    return { by: "input", image: inputImage };
  }
  const model = chooseModel(question);
  const drawn = model.controls.includes("action") && model.controls.includes("framePhase");
  if (wanted === "model" && !drawn)
    warnings.push(`The model ${model.id} cannot draw motion, so another way was used.`);
  if (drawn && (wanted === "auto" || wanted === "model")) return planByModel(question, model);
  return (wanted === "procedural" ? null : findPerson(question)) ?? planSpriteSource(question);
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

function planByModel(question: Question, model: GeneratorInfo): AnimationSource {
  const { request, directions, count } = question;
  const still = planDrawing(question, question.canvas);
  const turns = model.controls.includes("direction");
  const frames = { action: request.action, directions, count, turns };
  return { by: "model", plan: planModelFrames(still, frames) };
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

function planSpriteSource(question: Question): AnimationSource {
  sayOneView(question, "the drawing");
  return {
    by: "sprite",
    plan: planDrawing(
      question,
      stillSize(question.request.action, question.canvas, isFigure(question.request) === false),
    ),
  };
}

function sayOneView({ directions, warnings }: Question, what: string): void {
  if (directions.length > 1)
    warnings.push(`There is only one view of ${what}: every direction shows it, mirrored when facing west.`);
}

/** Finds a licensed person for a prompt about people, if it looks as asked or several directions are needed. */
function findPerson(question: Question): AnimationSource | null {
  const { request, context, found, directions, seed, warnings } = question;
  const { prompt = "" } = request;
  const role = personRole(prompt);
  const set = context.motions;
  const isAsked = request.motion === "exemplar";
  const people = (set?.people ?? []).filter(({ license }) => isAllowed(license, request, isAsked));
  const refusal = refusePerson(question, { people: people.length, isPerson: role !== null });
  if (refusal !== null || !set || !role) {
    if (isAsked) warnings.push(`No licensed motion fits (${refusal}), so it is animated procedurally.`);
    return null;
  }
  if (!role.covered && directions.length === 1 && !isAsked) return null;
  const chosen = choosePerson(prompt, role, { people, seed });
  if (!chosen) return null;
  const known = PERSON_ACTIONS.find((action) => action === found.name && chosen.person.actions[action]);
  sayPerson(question, chosen.person.caption, { covered: role.covered, known: known !== undefined });
  const colors = personColors(chosen.person, readPartColors(prompt));
  return { by: "person", set, chosen, colors, action: known ?? null };
}

/** Whether a request accepts pictures under a license: "off" none, "cc0" those without conditions. */
function isAllowed(license: string, { exemplars }: AnimationRequest, isAsked: boolean): boolean {
  if (exemplars === "cc0") return license === "CC0-1.0";
  return exemplars !== "off" || isAsked;
}

function refusePerson(
  { context, canvas }: Question,
  { people, isPerson }: { people: number; isPerson: boolean },
): string | null {
  if (context.motions === null) return "this model has no licensed motions";
  if (!isPerson) return "they show people only";
  if (people === 0) return "exemplars allows none of them";
  return Math.min(canvas.width, canvas.height) < LEAST_PERSON
    ? `people need at least ${LEAST_PERSON} pixels`
    : null;
}

function sayPerson(
  { found, directions, warnings }: Question,
  caption: string,
  { covered, known }: { covered: boolean; known: boolean },
): void {
  const look = covered
    ? ""
    : " It is not dressed as in the prompt: licensed people wear everyday clothes and helmets only.";
  warnings.push(`The figure is a licensed person: ${caption}.${look}`);
  if (!known) warnings.push(`This person has no frames for ${found.name}, so its standing frame is moved.`);
  if (directions.some((direction) => direction.includes("-")))
    warnings.push("Diagonal directions show the side view.");
}

function motionOf(source: AnimationSource): AnimationPlan["motion"] {
  if (source.by === "model") return "model";
  return source.by === "person" && source.action !== null ? "exemplar" : "procedural";
}

/** Plans the colors that were asked for; otherwise the frames keep the colors of their source. */
function planFrameColors(request: AnimationRequest, picture: PixelImage | null): ColorPlan {
  const { input_palette, color_count, dither_mode = "none", dither_strength, outline_color } = request;
  const fields = {
    prompt: "-",
    dither_mode,
    dither_strength,
    ...(input_palette === undefined ? {} : { input_palette }),
    ...(color_count === undefined ? {} : { color_count }),
    ...(outline_color === undefined ? {} : { outline_color }),
  };
  const plan = planColors(SpriteRequest.parse(fields), { ...STYLES[0], colorCount: MOST_COLORS }, picture);
  return color_count === undefined ? { ...plan, passes: plan.passes.filter(isNoLimit) } : plan;
}

function isNoLimit({ pass }: PassStep): boolean {
  return pass !== "limit-colors";
}

/** Gives the resolved request: sent again, with the same model and version, it gives the same bytes. */
function resolve(request: AnimationRequest, plan: Omit<AnimationPlan, "resolved">): Record<string, unknown> {
  const { check_cost: _cost, async: _async, fps: _fps, ...rest } = request;
  const entries = {
    ...rest,
    action_description: plan.action === "custom" ? rest.action_description : "",
    directions: plan.directions,
    width: plan.canvas.width,
    height: plan.canvas.height,
    frames_duration: plan.count,
    ...("plan" in plan.source ? { model: plan.source.plan.model } : {}),
    frame_durations_ms: plan.durationsMs,
    loop: plan.loop,
    seed: plan.seed,
    upscale_output_factor: plan.enlarge,
    ...(plan.palette ? { input_palette: plan.palette.name ?? plan.palette.colors } : {}),
  };
  return withoutUndefined(entries);
}
