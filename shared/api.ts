import { z } from "zod";
import { AcceptRequest } from "./accept.ts";
import { AcceptedAnswer, AssetAnswer, KindInfo, ModelInfo, PaletteInfo, StyleInfo } from "./answers.ts";
import { PIXEL_API } from "./api-pixels.ts";
import { PROJECT_API } from "./api-project.ts";
import { type ApiRoute, IdempotencyHeaders, JOB_ERRORS, json, other } from "./api-route.ts";
import { AssetManifest } from "./asset.ts";
import { ASSET_ID, JOB_ID, JOB_STATES, Job } from "./job.ts";

/** A whole number in a query string. */
const countIn = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, `a whole number from ${min} to ${max}`)
    .transform(Number)
    .pipe(z.int().min(min).max(max));

/** 200 of `GET /v1/jobs`, newest first. Pictures inside requests are replaced by their length. */
export const JobList = z.object({
  jobs: z.array(Job),
  next: z.string().nullable().describe("Pass as `before` to get the next page; null on the last page"),
});
export type JobList = z.infer<typeof JobList>;

export const AssetSummary = AssetManifest.pick({
  id: true,
  kind: true,
  name: true,
  rev: true,
  created_at: true,
}).extend({
  url: z.string().describe("The manifest of the asset"),
});
export type AssetSummary = z.infer<typeof AssetSummary>;

/** 200 of `GET /v1/assets`, newest first. */
export const AssetList = z.object({
  assets: z.array(AssetSummary),
  next: z.string().nullable().describe("Pass as `before` to get the next page; null on the last page"),
});
export type AssetList = z.infer<typeof AssetList>;

export const KindList = z.object({ kinds: z.array(KindInfo) });
export const StyleList = z.object({ styles: z.array(StyleInfo) });
export const PaletteList = z.object({ palettes: z.array(PaletteInfo) });
export const ModelList = z.object({ models: z.array(ModelInfo) });
export const Health = z.object({ status: z.literal("ok") });

/** 200 of `GET /readyz`. */
export const Readiness = z.object({
  status: z.literal("ok"),
  model_process: z.int().nullable().describe("Process id of the generator's process"),
  execution_provider: z.string().nullable().describe("The device that draws; null until a model is loaded"),
  servers: z
    .array(
      z.object({
        model: z.string(),
        state: z.enum(["up", "down", "on_demand"]).describe("on_demand: it is not asked before it draws"),
        reason: z.string().nullable(),
      }),
    )
    .describe("The picture servers of the configured models, and whether they answer"),
  instance: z
    .string()
    .describe(
      "New at each start. A client that finds the same value in the project's .pixelkiln/service.json shares its disk",
    ),
});
export type Readiness = z.infer<typeof Readiness>;

const JobParams = z.object({ id: z.string().regex(JOB_ID) });
const AssetParams = z.object({ id: z.string().regex(ASSET_ID) });
/** A file of an asset: a name from the manifest, never a path. */
const FileParams = AssetParams.extend({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]*(?:[./][a-z0-9_-]+)*$/)
    .max(128)
    .describe("Its path in the asset's list of files; a slash in it is written %2F"),
});
const JobQuery = z.object({
  state: z.enum(JOB_STATES).optional(),
  limit: countIn(1, 200).default(50),
  before: z.string().regex(JOB_ID, "the id of a job").optional(),
});
const AssetQuery = z.object({
  limit: countIn(1, 200).default(50),
  before: z.string().regex(ASSET_ID, "the id of an asset").optional(),
});
const ResumeHeaders = z.object({
  "Last-Event-ID": z.string().max(64).optional().describe("Resume after this event"),
});

const EVENTS =
  "Server-sent events: first `snapshot` (or `reset` if events were missed), both with { jobs }; then ServiceEvents by type";

/** Every route of the service by operation id, except those of the kinds. */
const API = {
  ...PIXEL_API,
  listJobs: {
    method: "GET",
    path: "/v1/jobs",
    summary: "Lists jobs, newest first",
    tag: "jobs",
    query: JobQuery,
    answers: { 200: json(JobList, "One page of jobs") },
    errors: ["invalid-request"],
  },
  getJob: {
    method: "GET",
    path: "/v1/jobs/{id}",
    summary: "Shows one job",
    tag: "jobs",
    params: JobParams,
    answers: { 200: json(Job, "The job") },
    errors: ["not-found"],
  },
  cancelJob: {
    method: "DELETE",
    path: "/v1/jobs/{id}",
    summary: "Cancels a job; a finished job stays as it is",
    tag: "jobs",
    params: JobParams,
    answers: { 200: json(Job, "The job; a running one stops after its current step") },
    errors: ["not-found", "unsupported-media-type"],
  },
  jobEvents: {
    method: "GET",
    path: "/v1/jobs/{id}/events",
    summary: "Streams the events of one job and ends when the job does",
    tag: "events",
    params: JobParams,
    headers: ResumeHeaders,
    answers: {
      200: other("text/event-stream", EVENTS),
      204: { description: "The job is finished and no event was missed: do not reconnect", contentType: "" },
    },
    errors: ["not-found", "too-many-streams", "shutting-down"],
  },
  jobResult: {
    method: "GET",
    path: "/v1/jobs/{id}/result",
    summary: "Returns what a finished job made",
    tag: "jobs",
    params: JobParams,
    answers: { 200: json(AssetAnswer, "The same answer as a synchronous request gives") },
    errors: [
      "not-found",
      "job-not-finished",
      "cancelled",
      "generation-failed",
      "invalid-request",
      "invalid-image",
      "ignored-parameter",
      "file-changed",
      "model-unavailable",
      "storage-full",
    ],
  },
  allEvents: {
    method: "GET",
    path: "/v1/events",
    summary: "Streams all events",
    tag: "events",
    headers: ResumeHeaders,
    answers: { 200: other("text/event-stream", EVENTS) },
    errors: ["too-many-streams", "shutting-down"],
  },
  listAssets: {
    method: "GET",
    path: "/v1/assets",
    summary: "Lists published assets, newest first",
    tag: "assets",
    query: AssetQuery,
    answers: { 200: json(AssetList, "One page of assets") },
    errors: ["invalid-request"],
  },
  getAsset: {
    method: "GET",
    path: "/v1/assets/{id}",
    summary: "Returns the manifest of an asset",
    tag: "assets",
    params: AssetParams,
    answers: { 200: json(AssetManifest, "The manifest") },
    errors: ["not-found"],
  },
  getAssetFile: {
    method: "GET",
    path: "/v1/assets/{id}/files/{name}",
    summary: "Returns one file of an asset; its ETag is the sha256",
    tag: "assets",
    params: FileParams,
    answers: {
      200: other(
        "application/octet-stream",
        "The file, as image/png, image/apng, image/gif, application/json or a download",
      ),
      304: { description: "The client has this file already", contentType: "" },
    },
    errors: ["not-found"],
  },
  ...PROJECT_API,
  acceptAsset: {
    method: "POST",
    path: "/v1/assets/{id}/accept",
    summary:
      "Makes a published asset again, byte for byte, in a folder of the project, with its engine files",
    tag: "assets",
    params: AssetParams,
    headers: IdempotencyHeaders,
    body: AcceptRequest,
    answers: {
      200: json(AssetAnswer, "The answer of its kind; `project_files` lists what was written"),
      202: json(AcceptedAnswer, "With `async`: the job is stored and will run"),
    },
    errors: [...JOB_ERRORS, "model-unavailable", "not-found"],
  },
  listKinds: {
    method: "GET",
    path: "/v1/kinds",
    summary: "Lists the kinds of assets with the schemas of their requests",
    tag: "catalog",
    open: true,
    answers: { 200: json(KindList, "All kinds, in the order to show them") },
    errors: [],
  },
  listStyles: {
    method: "GET",
    path: "/v1/styles/selector",
    summary: "Lists styles with their limits",
    tag: "catalog",
    answers: { 200: json(StyleList, "All styles") },
    errors: [],
  },
  listPalettes: {
    method: "GET",
    path: "/v1/palettes",
    summary: "Lists the named palettes",
    tag: "catalog",
    answers: { 200: json(PaletteList, "All palettes") },
    errors: [],
  },
  listModels: {
    method: "GET",
    path: "/v1/models",
    summary: "Lists the installed models with their licenses",
    tag: "catalog",
    answers: { 200: json(ModelList, "All models") },
    errors: [],
  },
  openApi: {
    method: "GET",
    path: "/openapi.json",
    summary: "Returns this document",
    tag: "service",
    open: true,
    answers: { 200: json(z.record(z.string(), z.unknown()), "OpenAPI 3.1") },
    errors: [],
  },
  livez: {
    method: "GET",
    path: "/livez",
    summary: "Says that the service is alive",
    tag: "service",
    open: true,
    answers: { 200: json(Health, "It is") },
    errors: [],
  },
  readyz: {
    method: "GET",
    path: "/readyz",
    summary: "Says whether jobs can run: the generator's process answers and the service is not stopping",
    tag: "service",
    open: true,
    answers: { 200: json(Readiness, "They can") },
    errors: ["model-unavailable", "shutting-down"],
  },
  studio: {
    method: "GET",
    path: "/",
    summary: "Shows the studio page",
    tag: "service",
    open: true,
    answers: { 200: other("text/html", "The page") },
    errors: [],
  },
  studioScript: {
    method: "GET",
    path: "/studio.js",
    summary: "Returns the script of the studio page",
    tag: "service",
    open: true,
    answers: { 200: other("text/javascript", "The bundle") },
    errors: [],
  },
  studioStyle: {
    method: "GET",
    path: "/studio.css",
    summary: "Returns the style sheet of the studio page",
    tag: "service",
    open: true,
    answers: { 200: other("text/css", "The style sheet") },
    errors: [],
  },
} as const satisfies Record<string, ApiRoute>;

export type OperationId = keyof typeof API;
/** The same table, typed as general routes. Those of the kinds are in service/http/kind-routes.ts. */
export const ROUTES: Readonly<Record<OperationId, ApiRoute>> = API;
