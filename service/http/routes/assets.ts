import { basename } from "node:path";
import { ServiceError } from "../../../shared/errors.ts";
import type { HttpDeps } from "../deps.ts";
import type { RouteHandler } from "../route.ts";

/** Types that a browser may show; everything else is a download. Never SVG or HTML. */
const SHOWN = new Set(["image/png", "image/apng", "image/gif", "application/json"]);

/** Published assets: list, manifest, files. */
export function assetRoutes(
  deps: HttpDeps,
): Record<"listAssets" | "getAsset" | "getAssetFile", RouteHandler> {
  return {
    listAssets: async ({ context, query }) => {
      const { limit, before } = query as { limit: number; before?: string };
      return context.json(await deps.assets.list({ limit, before }));
    },
    getAsset: async ({ context, params }) => {
      const manifest = await deps.assets.manifest(params.id ?? "");
      if (manifest === null) throw new ServiceError("not-found", `There is no asset ${params.id}.`);
      return context.json(manifest);
    },
    getAssetFile: async ({ context, params }) => {
      const { id = "", name = "" } = params;
      const file = await deps.assets.file(id, name);
      if (file === null) throw new ServiceError("not-found", `There is no file ${name} in an asset ${id}.`);
      const etag = `"${file.sha256}"`;
      const shown = SHOWN.has(file.mediaType);
      const headers: Record<string, string> = {
        ETag: etag,
        "Cache-Control": "private, max-age=31536000, immutable",
        "Content-Type": shown ? file.mediaType : "application/octet-stream",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        ...(shown ? {} : { "Content-Disposition": `attachment; filename="${basename(name)}"` }),
      };
      if (matches(context.req.header("If-None-Match"), etag))
        return new Response(null, { status: 304, headers });
      return new Response(new Uint8Array(file.bytes), { headers });
    },
  };
}

/** Whether If-None-Match names this tag; weakness is ignored, as RFC 9110 section 13.1.2 requires. */
function matches(header: string | undefined, etag: string): boolean {
  const tags = (header ?? "").split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes(etag) || tags.includes("*");
}
