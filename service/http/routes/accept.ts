import { AcceptRequest } from "../../../shared/accept.ts";
import { BODY_LIMITS } from "../../../shared/api-route.ts";
import type { AssetManifest } from "../../../shared/asset.ts";
import { ServiceError } from "../../../shared/errors.ts";
import {
  parseFields,
  parsePixelateRequest,
  parseSpriteRequest,
  refused,
} from "../../../shared/parse-request.ts";
import type { HttpDeps } from "../deps.ts";
import { readJson } from "../read-json.ts";
import type { RouteHandler, RouteInput } from "../route.ts";
import { submitParsed } from "../submit-job.ts";

/** Submits the JSON of a request as its own route would. */
type Resubmit = (input: RouteInput, raw: Record<string, unknown>, bytes: Uint8Array) => Promise<Response>;

/**
 * `POST /v1/assets/{id}/accept`: the stored request of an asset runs again with an `output`. Seed, model and version
 * are the same, so the bytes are; a job of its own makes it durable, and writers see the project's folder.
 */
export function acceptRoutes(deps: HttpDeps): Record<"acceptAsset", RouteHandler> {
  const resubmits: Partial<Record<AssetManifest["kind"], Resubmit>> = {
    sprite: (input, raw, bytes) =>
      submitParsed(deps, input, { parsed: parseSpriteRequest(raw), door: deps.sprites, bytes }),
    pixelate: (input, raw, bytes) =>
      submitParsed(deps, input, { parsed: parsePixelateRequest(raw), door: deps.pixelate, bytes }),
  };
  return {
    acceptAsset: async (input) => {
      const { value, bytes } = await readJson(input.context.req.raw, BODY_LIMITS.plain);
      const { request: wanted, ignored } = parseFields(AcceptRequest, value);
      if (ignored.length > 0) throw refused(ignored);
      const manifest = await deps.assets.manifest(input.params.id ?? "");
      const resubmit = manifest && resubmits[manifest.kind];
      if (!manifest || !resubmit)
        throw new ServiceError("not-found", `Expected the id of an asset but received "${input.params.id}".`);
      await refuseOtherModel(deps, manifest);
      return resubmit(input, requestAgain(manifest, wanted), bytes);
    },
  };
}

/** The request that makes an asset again, into the project. */
function requestAgain(manifest: AssetManifest, wanted: AcceptRequest): Record<string, unknown> {
  const { dir, name, engine, index, async } = wanted;
  return {
    ...manifest.request,
    ...(index === undefined ? {} : oneImage(manifest, index)),
    output: { dir, name, ...(engine ? { engine } : {}) },
    strict: false,
    check_cost: false,
    upload_outputs: false,
    async,
  };
}

/** Image i was drawn with a seed of its own: alone, that seed draws it again. */
function oneImage({ images, request }: AssetManifest, index: number): Record<string, unknown> {
  const seed = images[index]?.seed;
  if (request.num_images !== undefined && typeof seed === "number") return { seed, num_images: 1 };
  if (images.length === 1 && index === 0) return {};
  const expected =
    request.num_images === undefined ? "nothing: this kind is one whole" : `0 to ${images.length - 1}`;
  throw new ServiceError("invalid-request", `Expected ${expected} for index but received ${index}.`, {
    errors: [{ field: "index", got: String(index), expected }],
  });
}

/** Another model would draw another picture under the same name. */
async function refuseOtherModel(deps: HttpDeps, { provenance }: AssetManifest): Promise<void> {
  const model = provenance.model;
  if (model === null) return;
  if ((await deps.models()).some(({ id }) => id === model.id)) return;
  throw new ServiceError(
    "model-unavailable",
    `Expected the model ${model.id} that drew it, but it is not here.`,
  );
}
