import { z } from "zod";
import { type ApiRoute, json } from "./api-route.ts";
import { ProjectAssets, ProjectInfo } from "./project.ts";

/** The routes about the game that the service works for; part of the table in shared/api.ts. */
export const PROJECT_API = {
  project: {
    method: "GET",
    path: "/v1/project",
    summary: "Identifies the service, its version and its models",
    tag: "project",
    open: true,
    answers: { 200: json(ProjectInfo, "The service") },
    errors: [],
  },
  projectAssets: {
    method: "GET",
    path: "/v1/project/assets",
    summary: "Lists the assets in the project, whoever wrote them, for polling and catching up",
    tag: "project",
    answers: { 200: json(ProjectAssets, "All assets, with the hashes of their files") },
    errors: [],
  },
  kilnSchema: {
    method: "GET",
    path: "/schemas/kiln.json",
    summary: "Returns the JSON schema of kiln files, for editors",
    tag: "project",
    open: true,
    answers: { 200: json(z.record(z.string(), z.unknown()), "JSON Schema 2020-12") },
    errors: [],
  },
} as const satisfies Record<string, ApiRoute>;
