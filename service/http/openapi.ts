import { z } from "zod";
import {
  AcceptedAnswer,
  AssetAnswer,
  CostAnswer,
  KindInfo,
  ModelInfo,
  PaletteInfo,
  StyleInfo,
} from "../../shared/answers.ts";
import { AssetList, AssetSummary, JobList } from "../../shared/api.ts";
import { type ApiAnswer, type ApiRoute, DOOR_ERRORS } from "../../shared/api-route.ts";
import {
  AssetManifest,
  Checks,
  Exemplar,
  FrameLayout,
  Grid,
  ImageInfo,
  Provenance,
} from "../../shared/asset.ts";
import {
  EditAnswer,
  EditEstimate,
  EditToolInfo,
  PixelFixerAnswer,
  PixelFixerRequest,
} from "../../shared/edit-tools.ts";
import { ERROR_CODES, type ErrorCode, FieldError, Problem, RetroProblem } from "../../shared/errors.ts";
import { Job, JobProgress } from "../../shared/job.ts";
import { PlacedAsset, ProjectAssets, ProjectInfo } from "../../shared/project.ts";
import { IgnoredParameter, OutputTarget } from "../../shared/requests.ts";
import type { Kind } from "../kinds/kind.ts";
import { KINDS } from "../kinds/table.ts";
import { ALL_ROUTES } from "./kind-routes.ts";
import { PROBLEM_TYPE } from "./problem.ts";

type Json = Record<string, unknown>;

/** Schemas under `components`: what clients send, and what they get. */
const SENT = { ...ofKinds("Request", ({ request }) => request), PixelFixerRequest, OutputTarget };
const RETURNED = {
  ...ofKinds("Answer", ({ answer }) => answer),
  AssetAnswer,
  KindInfo,
  CostAnswer,
  AcceptedAnswer,
  EditAnswer,
  EditEstimate,
  EditToolInfo,
  PixelFixerAnswer,
  StyleInfo,
  PaletteInfo,
  ModelInfo,
  AssetManifest,
  AssetSummary,
  AssetList,
  Checks,
  Exemplar,
  FrameLayout,
  Grid,
  ImageInfo,
  Provenance,
  ProjectInfo,
  ProjectAssets,
  PlacedAsset,
  Job,
  JobProgress,
  JobList,
  Problem,
  RetroProblem,
  FieldError,
  IgnoredParameter,
};

/** The schemas of the kinds by name: SpriteRequest, TilesetAnswer, ... */
function ofKinds(suffix: string, schemaOf: (kind: Kind) => z.ZodType): Record<string, z.ZodType> {
  return Object.fromEntries(
    KINDS.map((kind) => [`${kind.id.charAt(0).toUpperCase()}${kind.id.slice(1)}${suffix}`, schemaOf(kind)]),
  );
}

const reference = (name: string): string => `#/components/schemas/${name}`;

/** Builds the OpenAPI 3.1 document from the route table, so that the two always agree. */
export function openApiDocument(version: string): Json {
  const names = new Map<z.ZodType, string>(
    Object.entries({ ...SENT, ...RETURNED }).map(([name, schema]) => [schema, name]),
  );
  const paths: Record<string, Json> = {};
  for (const [id, route] of Object.entries(ALL_ROUTES)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(id, route, names) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Pixelkiln",
      version,
      summary: "Makes true pixel art on this machine",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    security: [{}, { token: [] }],
    paths,
    components: {
      schemas: { ...components(SENT, "input"), ...components(RETURNED, "output") },
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description: "Only if the service was started with a token",
        },
      },
    },
  };
}

function components(schemas: Record<string, z.ZodType>, io: "input" | "output"): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const built = z.toJSONSchema(registry, { io, uri: reference });
  return Object.fromEntries(Object.entries(built.schemas).map(([id, schema]) => [id, plain(schema)]));
}

/** Removes the keys of a JSON schema that belong only at the top of a document. */
function plain(schema: object): Json {
  const { $schema: _schema, $id: _id, "~standard": _standard, ...rest } = schema as Json;
  return rest;
}

function operation(id: string, route: ApiRoute, names: ReadonlyMap<z.ZodType, string>): Json {
  const parameters = [
    ...parametersOf(route.params, "path"),
    ...parametersOf(route.query, "query"),
    ...parametersOf(route.headers, "header"),
  ];
  return {
    operationId: id,
    summary: route.summary,
    tags: [route.tag],
    ...(route.open ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body
      ? {
          requestBody: {
            required: true,
            content: { "application/json": { schema: schemaOf(route.body, names, "input") } },
          },
        }
      : {}),
    responses: { ...answers(route, names), ...problems(route) },
  };
}

function parametersOf(schema: z.ZodObject | undefined, place: "path" | "query" | "header"): Json[] {
  return Object.entries(schema?.shape ?? {}).map(([name, part]) => {
    const type = part as z.ZodType;
    return {
      name,
      in: place,
      required: place === "path" || !type.safeParse(undefined).success,
      schema: plain(z.toJSONSchema(type, { io: "output" })),
    };
  });
}

function schemaOf(schema: z.ZodType, names: ReadonlyMap<z.ZodType, string>, io: "input" | "output"): Json {
  const name = names.get(schema);
  if (name !== undefined) return { $ref: reference(name) };
  if (schema instanceof z.ZodUnion)
    return { anyOf: schema.options.map((one) => schemaOf(one as z.ZodType, names, io)) };
  if (schema instanceof z.ZodArray)
    return { type: "array", items: schemaOf(schema.element as z.ZodType, names, io) };
  if (schema instanceof z.ZodObject) {
    const entries = Object.entries(schema.shape) as [string, z.ZodType][];
    return {
      type: "object",
      properties: Object.fromEntries(entries.map(([key, part]) => [key, schemaOf(part, names, io)])),
      required: entries.filter(([, part]) => !part.safeParse(undefined).success).map(([key]) => key),
    };
  }
  return plain(z.toJSONSchema(schema, { io }));
}

function answers(route: ApiRoute, names: ReadonlyMap<z.ZodType, string>): Json {
  return Object.fromEntries(
    Object.entries(route.answers).map(([status, answer]) => [
      status,
      { description: answer.description, ...content(answer, names) },
    ]),
  );
}

function content({ contentType, schema }: ApiAnswer, names: ReadonlyMap<z.ZodType, string>): Json {
  if (contentType === "") return {};
  return { content: { [contentType]: schema ? { schema: schemaOf(schema, names, "output") } : {} } };
}

function problemContent(type: string, name: string): Json {
  return { [type]: { schema: { $ref: reference(name) } } };
}

/** One response per status; its description names the codes that come with it. */
function problems(route: ApiRoute): Json {
  const byStatus = new Map<number, ErrorCode[]>();
  const own: ReadonlySet<ErrorCode> = new Set(route.retroErrors ? route.errors : []);
  for (const code of new Set([...route.errors, ...DOOR_ERRORS])) {
    const { status } = ERROR_CODES[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, together]) => [
      String(status),
      {
        description: together.map((code) => `${code}: ${ERROR_CODES[code].title}`).join("; "),
        content: {
          ...(together.every((code) => own.has(code)) ? {} : problemContent(PROBLEM_TYPE, "Problem")),
          ...(together.some((code) => own.has(code))
            ? problemContent("application/json", "RetroProblem")
            : {}),
        },
      },
    ]),
  );
}
