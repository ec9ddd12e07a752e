import { setTimeout as sleep } from "node:timers/promises";
import { AcceptedAnswer, SpriteAnswer } from "../../shared/answers.ts";
import { ERROR_CODES, type ErrorCode, Problem, RetroProblem, ServiceError } from "../../shared/errors.ts";
import { isFinal, Job, type JobProgress } from "../../shared/job.ts";
import type { ParsedSpriteRequest } from "../../shared/parse-request.ts";
import { assembleSprites } from "../asset/assemble-sprites.ts";
import { decodeBase64Image } from "../codecs/decode-image.ts";
import { describeImages } from "../jobs/describe-sprites.ts";
import { encodeFile } from "../jobs/generate-sprites.ts";
import { writersFor } from "../writers/index.ts";
import { completeManifest, type DrawnSprites } from "./draw-local.ts";
import type { SpriteTarget } from "./sprite-target.ts";

const POLL_MS = 150;

export interface RemoteOptions {
  target: SpriteTarget;
  env: NodeJS.ProcessEnv;
  signal: AbortSignal;
  onProgress: (progress: JobProgress) => void;
}

/**
 * Lets a running service draw, and makes the files here, so that they are the same as without a service.
 * An interruption cancels the job. Throws the ServiceError of the service, or model-unavailable when it
 * cannot be reached.
 */
export async function drawRemotely(
  service: string,
  { request, ignored }: ParsedSpriteRequest,
  options: RemoteOptions,
): Promise<DrawnSprites> {
  const answer = SpriteAnswer.parse(await runRemotely(service, { path: "/v1/sprites", request }, options));
  return fromAnswer(
    { ...answer, ignored_parameters: [...ignored, ...answer.ignored_parameters] },
    options.target,
  );
}

/**
 * Lets a running service do a job and gives its answer, pictures included. An interruption cancels the job. Throws the
 * ServiceError of the service, or model-unavailable when it cannot be reached.
 */
export async function runRemotely(
  service: string,
  job: { path: string; request: object },
  options: Pick<RemoteOptions, "env" | "signal" | "onProgress">,
): Promise<unknown> {
  const call = createCaller(service, options.env);
  const body = { ...job.request, async: true, upload_outputs: false };
  const accepted = AcceptedAnswer.parse(await call("POST", job.path, body));
  const path = `/v1/jobs/${accepted.job_id}`;
  try {
    for (;;) {
      const job = Job.parse(await call("GET", path));
      if (isFinal(job.status)) break;
      options.onProgress(job.progress);
      await sleep(POLL_MS, undefined, { signal: options.signal });
    }
  } catch (error) {
    if (options.signal.aborted) await call("DELETE", path).catch(() => {});
    throw error;
  }
  return call("GET", `${path}/result`);
}

/** Calls a service: gives the JSON of its answer, throws the ServiceError of its problem. */
export type Call = (method: "GET" | "POST" | "DELETE", path: string, body?: unknown) => Promise<unknown>;

/** Reads the error of an answer, in either of the forms that the service has; null when it is none. */
function readProblem(answer: unknown): ServiceError | null {
  const problem = Problem.safeParse(answer);
  if (problem.success) {
    const { code, detail, errors = [] } = problem.data;
    return new ServiceError(code, detail, { errors });
  }
  const retro = RetroProblem.safeParse(answer);
  const code = retro.data?.detail.code.replaceAll("_", "-") ?? "";
  if (!retro.success || !Object.hasOwn(ERROR_CODES, code)) return null;
  return new ServiceError(code as ErrorCode, retro.data.detail.message, { errors: retro.data.errors ?? [] });
}

/** Makes the caller of a service, with the token of the environment. */
export function createCaller(service: string, env: NodeJS.ProcessEnv): Call {
  const token = env.PIXELKILN_TOKEN;
  const headers = {
    "content-type": "application/json",
    ...(token ? { authorization: `Bearer ${token}` } : {}),
  };
  return async (method, path, body) => {
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const response = await fetch(new URL(path, service), init).catch((cause) => {
      throw new ServiceError(
        "model-unavailable",
        `Expected a service at ${service} but none answers. Start one with: pixelkiln serve`,
        { cause },
      );
    });
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok) return answer;
    throw (
      readProblem(answer) ??
      new ServiceError("internal", `The service at ${service} answered ${response.status}.`)
    );
  };
}

async function fromAnswer(answer: SpriteAnswer, target: SpriteTarget): Promise<DrawnSprites> {
  const images = await Promise.all(
    answer.base64_images.map((image) => decodeBase64Image(image, "base64_images")),
  );
  const asset = assembleSprites({
    name: target.name,
    pictures: answer.images.flatMap(({ seed, exemplars }, i) => {
      const image = images[i];
      return image ? [{ image, seed, exemplars }] : [];
    }),
    palette: answer.palette,
    text: { pixelkiln: JSON.stringify(answer.provenance) },
  });
  const written = writersFor(target.engines, asset.kind).flatMap((writer) =>
    writer.write(asset, { folder: target.projectFolder }),
  );
  const files = await Promise.all(written.map(encodeFile));
  const { created_at, palette, ignored_parameters, warnings, checks, provenance, timings_ms } = answer;
  const request = { ...answer.request, async: false };
  const facts = { created_at, palette, request, ignored_parameters, warnings, checks, provenance };
  const sprites = {
    files,
    manifest: {
      schema_version: 1 as const,
      kind: "sprite" as const,
      name: asset.name,
      images: describeImages(asset, files),
      ...facts,
    },
    timings: { load: 0, model: timings_ms.model, step: 0, post: timings_ms.post, encode: 0 },
  };
  return { sprites, manifest: completeManifest(sprites) };
}
