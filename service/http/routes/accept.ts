import { AcceptRequest } from "../../../shared/accept.ts";
import { BODY_LIMITS } from "../../../shared/api-route.ts";
import type { AssetManifest } from "../../../shared/asset.ts";
import { invalidParameter, ServiceError } from "../../../shared/errors.ts";
import { parseFields, refused } from "../../../shared/parse-request.ts";
import { kindOf } from "../../kinds/table.ts";
import type { HttpDeps } from "../deps.ts";
import { readJson } from "../read-json.ts";
import type { RouteHandler, RouteInput } from "../route.ts";

/** Lets the app send a request to itself, on behalf of the client of `input`. */
export type AskApp = (request: Request, input: RouteInput) => Response | Promise<Response>;

/**
 * `POST /v1/assets/{id}/accept`: sends the stored request of an asset to its kind again, with an `output`. Seed, model
 * and version are the same, so the bytes are too. A job of its own makes it durable, and lets the writers know the
 * project's folder.
 */
export function acceptRoutes(deps: HttpDeps, askApp: AskApp): Record<"acceptAsset", RouteHandler> {
  return {
    acceptAsset: async (input) => {
      const { value } = await readJson(input.context.req.raw, BODY_LIMITS.plain);
      const { request: wanted, ignored } = parseFields(AcceptRequest, value);
      if (ignored.length > 0) throw refused(ignored);
      const manifest = await deps.assets.manifest(input.params.id ?? "");
      if (manifest === null) throw new ServiceError("not-found", `There is no asset ${input.params.id}.`);
      await refuseOtherModel(deps, manifest);
      return askApp(requestAgain(input, manifest, wanted), input);
    },
  };
}

function requestAgain(
  { context, headers }: RouteInput,
  manifest: AssetManifest,
  { dir, name, engine, index, async }: AcceptRequest,
): Request {
  const body = {
    ...manifest.request,
    ...(index === undefined ? {} : oneImage(manifest, index)),
    output: { dir, name, ...(engine ? { engine } : {}) },
    strict: false,
    check_cost: false,
    upload_outputs: false,
    async,
  };
  const key = headers["Idempotency-Key"];
  return new Request(new URL(kindOf(manifest.kind).path, context.req.url), {
    method: "POST",
    headers: { "Content-Type": "application/json", ...(key === undefined ? {} : { "Idempotency-Key": key }) },
    body: JSON.stringify(body),
    signal: context.req.raw.signal,
  });
}

/** Each image has its own seed, which draws that image alone. */
function oneImage({ images, request }: AssetManifest, index: number): Record<string, unknown> {
  const seed = images[index]?.seed;
  const isMany = request.num_images !== undefined;
  if (isMany && typeof seed === "number") return { seed, num_images: 1 };
  if (images.length === 1 && index === 0) return {};
  const expected = isMany ? `0 to ${images.length - 1}` : "nothing (this asset has one image)";
  throw invalidParameter("index", String(index), expected);
}

/** A different model would draw a different picture under the same name. */
async function refuseOtherModel(deps: HttpDeps, { provenance }: AssetManifest): Promise<void> {
  const model = provenance.model;
  if (model === null || (await deps.models()).some(({ id }) => id === model.id)) return;
  throw new ServiceError(
    "model-unavailable",
    `The model ${model.id}, which drew this asset, is not installed: install it and try again.`,
  );
}
