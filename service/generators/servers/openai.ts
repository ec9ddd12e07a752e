import { z } from "zod";
import type { OpenAiModel } from "../../../shared/server-models.ts";
import type { ServerLook } from "../backend.ts";
import { callJson } from "./http-call.ts";
import type { DrawHooks, Drawn, DrawOrder, PictureServer } from "./picture-server.ts";
import { ServerFault } from "./server-fault.ts";

const Answer = z.object({
  data: z.array(z.object({ b64_json: z.string().nullish(), url: z.string().nullish() })),
});

/** The images endpoints of OpenAI, which many local servers have too. They tell no steps and have no cancel. */
export class OpenAiServer implements PictureServer {
  readonly #settings: OpenAiModel;
  readonly #key: string | null;

  /** `env` holds the key. */
  constructor(settings: OpenAiModel, env: NodeJS.ProcessEnv) {
    this.#settings = settings;
    this.#key = (settings.key_env !== undefined && env[settings.key_env]) || null;
  }

  /** Asks nothing: hosted servers count calls, and few say what they have. */
  async look(): Promise<ServerLook> {
    const { key_env: variable, model } = this.#settings;
    if (variable !== undefined && this.#key === null)
      throw new ServerFault("setting", "needs a key", `Set the environment variable ${variable}.`);
    const unknown = { checkpoints: null, loras: null, samplers: null, schedulers: null };
    const checkpoint = model === undefined ? null : { name: model, sha256: null };
    return { program: "OpenAI images", version: null, checkpoint, ...unknown };
  }

  async draw(order: DrawOrder, { signal }: DrawHooks): Promise<Drawn> {
    const { url, timeout_seconds: seconds } = this.#settings;
    const path = order.start ? "/v1/images/edits" : "/v1/images/generations";
    const headers: Record<string, string> =
      this.#key === null ? {} : { authorization: `Bearer ${this.#key}` };
    const fields = this.#fieldsOf(order);
    const body = order.start ? { form: formOf(fields, order) } : { json: fields };
    const call = { url, path, method: "POST" as const, headers, signal, timeoutMs: seconds * 1000 };
    const answer = Answer.safeParse(await callJson({ ...call, ...body }));
    const pictures = answer.data?.data.flatMap(({ b64_json: text }) => text ?? []) ?? [];
    if (pictures.length > 0)
      return { pictures: pictures.map((text) => new Uint8Array(Buffer.from(text, "base64"))) };
    const isLink = answer.data?.data.some(({ url: link }) => link);
    throw new ServerFault(
      "refused",
      isLink ? "answered with a link instead of a picture" : "answered without pictures",
      'Add "body": {"response_format": "b64_json"} to the model.',
    );
  }

  async dispose(): Promise<void> {}

  #fieldsOf({ prompt, width, height, count, seed }: DrawOrder): Record<string, string | number | boolean> {
    const { model, body } = this.#settings;
    // The newest models of OpenAI answer with base64 only and refuse the field.
    const format = model?.startsWith("gpt-image") ? {} : { response_format: "b64_json" };
    const more = Object.entries(body).map(
      ([name, value]) => [name, value === "{seed}" ? seed : value] as const,
    );
    return {
      ...(model === undefined ? {} : { model }),
      prompt,
      n: count,
      size: `${width}x${height}`,
      ...format,
      ...Object.fromEntries(more),
    };
  }
}

function formOf(fields: Record<string, string | number | boolean>, { start, mask }: DrawOrder): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value));
  if (start) form.set("image", new Blob([new Uint8Array(start.png)], { type: "image/png" }), "image.png");
  if (mask) form.set("mask", new Blob([new Uint8Array(mask.holes)], { type: "image/png" }), "mask.png");
  return form;
}
