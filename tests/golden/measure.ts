import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  getJson,
  post,
  type RunningService,
  startServiceProcess,
  temporaryProject,
} from "../service/service-process.ts";
import type { Answer, GoldenRequest } from "./request.ts";
import { REQUESTS } from "./requests.ts";
import { PROBE } from "./sprite-requests.ts";

/** What the table holds of one request. */
export interface Row {
  /** Hash of all that the answer says apart from its pictures: request, warnings, checks, palette and the rest. */
  facts: string;
  /** Path of each file -> its sha256. */
  files: Record<string, string>;
}

interface Measured extends Row {
  /** The text whose hash `facts` is: compare that of two checkouts to see what an answer says otherwise. */
  factsText: string;
}

/** What differs from run to run, and what is hashed as files. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "id",
  "job_id",
  "inference_id",
  "created_at",
  "timings_ms",
  "files",
  "base64_images",
  "pre_palette_images",
  "non_bg_removed_images",
  "outputImageBase64",
]);
const LOCK = ".kiln.lock.json";

const sha256 = (content: Uint8Array | string): string => createHash("sha256").update(content).digest("hex");

/** Writes JSON whose keys are sorted at every depth, so that their order in the code counts for nothing. */
export function canonicalJson(value: unknown): string {
  const sorted = (_key: string, part: unknown): unknown =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part;
  return JSON.stringify(value, sorted, 2);
}

/**
 * A service of a fresh project, started as users do, on the processor alone, and the rows of the requests that it was
 * sent. A request is sent when its row is asked for, once; one that goes on from another asks for that first.
 * Ids of assets are random: in facts and lock files each is replaced by the name of its request. No other file holds
 * one, nor a time.
 */
export class Measurement {
  readonly #project: Awaited<ReturnType<typeof temporaryProject>>;
  readonly #service: RunningService;
  readonly #requests = new Map([...REQUESTS, PROBE].map((request) => [request.name, request]));
  readonly #answers = new Map<string, Promise<Answer>>();
  /** Id of an asset -> name of its request. */
  readonly #ids = new Map<string, string>();

  private constructor(project: Awaited<ReturnType<typeof temporaryProject>>, service: RunningService) {
    this.#project = project;
    this.#service = service;
  }

  static async start(): Promise<Measurement> {
    const project = await temporaryProject();
    return new Measurement(project, await startServiceProcess(project.dir, { PIXELKILN_DEVICE: "cpu" }));
  }

  get url(): string {
    return this.#service.url;
  }

  /** Measures a request. Throws an Error when it fails, or when a model drew what is said to be free of one. */
  async row(name: string): Promise<Measured> {
    const answer = await this.#made(name);
    const factsText = this.#withoutIds(canonicalJson(factsOf(answer)));
    return { facts: sha256(factsText), files: await this.#files(answer), factsText };
  }

  /** Gives one hash over the files of a fixed drawing. */
  async probe(): Promise<string> {
    return sha256(canonicalJson((await this.row(PROBE.name)).files));
  }

  async close(): Promise<void> {
    await this.#service.stop();
    await this.#project.remove();
  }

  #made(name: string): Promise<Answer> {
    const found = this.#answers.get(name);
    if (found) return found;
    const request = this.#requests.get(name);
    if (!request) throw new Error(`Expected a request of the table but received ${name}.`);
    const answer = this.#send(request);
    this.#answers.set(name, answer);
    return answer;
  }

  async #send({ name, group, path, body: fields }: GoldenRequest): Promise<Answer> {
    const { status, body } = await post(this.url + path, await fields((other) => this.#made(other)));
    if (status !== 200) throw new Error(`${name}: ${status} ${JSON.stringify(body)}`);
    if (group === "model_free" && typeof body.model === "string")
      throw new Error(`Expected no model for ${name} but ${body.model} drew it.`);
    if (typeof body.id === "string") this.#ids.set(body.id, name);
    return body as Answer;
  }

  async #files(answer: Answer): Promise<Record<string, string>> {
    if (answer.id === undefined) {
      const pictures = answer.base64_images.map((text) => Buffer.from(text, "base64"));
      return Object.fromEntries(pictures.map((bytes, i) => [`answer-${i}`, sha256(bytes)]));
    }
    const { body } = await getJson(`${this.url}/v1/assets/${answer.id}`);
    const files = body.files as { path: string; sha256: string }[];
    const listed = files.map((file) => [file.path, file.sha256] as const);
    return { ...Object.fromEntries(listed), ...(await this.#lock(answer)) };
  }

  async #lock({ project_files }: Answer): Promise<Record<string, string>> {
    const path = (project_files as string[]).find((file) => file.endsWith(LOCK));
    if (path === undefined) return {};
    const text = await readFile(join(this.#project.dir, path), "utf8");
    return { [path]: sha256(this.#withoutIds(text)) };
  }

  #withoutIds(text: string): string {
    let result = text;
    for (const [id, name] of this.#ids) result = result.replaceAll(id, `<${name}>`);
    return result;
  }
}

function factsOf(answer: Answer): Record<string, unknown> {
  const { images, ...rest } = Object.fromEntries(
    Object.entries(answer).filter(([name]) => !LEFT_OUT.has(name)),
  );
  // Hashes of pictures stand in the files: facts stay the same where only pixels change.
  const described = (images as { sha256: string }[] | undefined)?.map(({ sha256: _, ...image }) => image);
  return { ...rest, images: described };
}
