import type { z } from "zod";
import type { AssetManifest, Timings } from "../../shared/asset.ts";
import type { ParsedRequest } from "../../shared/parse-request.ts";
import type { OutputTarget } from "../../shared/requests.ts";
import type { KindCommand } from "./command.ts";
import type { KindMaker } from "./maker.ts";

/** What the request of every kind says about its delivery. */
export interface KindRequest {
  output?: OutputTarget | undefined;
  check_cost: boolean;
  async: boolean;
  strict: boolean;
}

/**
 * One kind of asset, as everything but a worker knows it: names, the request, the answer. It loads no pixel code, so the
 * service process and `--help` stay light. What draws it is loaded by a worker alone.
 */
export interface Kind<R extends KindRequest = KindRequest> {
  /** Name of the kind in jobs, manifests and kiln files. */
  id: string;
  /** First three letters of its asset ids. */
  prefix: string;
  /** Where HTTP takes its requests, and the id of that operation. */
  path: `/v1/${string}`;
  operation: string;
  tag: string;
  /** The command of the command line. */
  verb: string;
  /** What a request makes: one sentence without a period. */
  summary: string;
  /** Name for people, as the title of a form. */
  title: string;
  /** What its jobs usually wait for; a plan without anything to generate goes to "pixels". */
  needs: "generator" | "pixels";
  request: z.ZodObject;
  answer: z.ZodObject;
  /** Whether the style of a project's configuration is meant for it: surfaces have styles of their own. */
  takesStyle: boolean;
  /** Reads the JSON of a request. Throws `invalid-request` or `ignored-parameter`. */
  parse(raw: unknown): ParsedRequest<R>;
  /** Names the files where the request has no name: a SafeName. */
  nameOf(request: R): string;
  /** The published assets whose tiles a request goes on from: field and id of each. */
  publishedTiles?(request: R): { field: string; id: string }[];
  /** What its answer says beside what all kinds say; `shown` are the files that come as base64. */
  answerOf(parts: AnswerParts): Promise<{ shown: string[]; fields: Record<string, unknown> }>;
  /** How the command line says it. */
  command: () => Promise<KindCommand>;
  /** What plans and draws it; loaded by workers only. */
  maker: () => Promise<KindMaker>;
}

/** What an answer is built from: a published asset, or one of the command line. */
export interface AnswerParts {
  jobId: string;
  manifest: AssetManifest;
  /** Reads a file of the manifest by its path. */
  read: (path: string) => Promise<Uint8Array>;
  /** Where a file can be fetched, by its path. */
  urlOf: (path: string) => string;
  projectFiles: string[];
  timings: Timings;
}

/** Lists the paths of the files of a manifest that have a role. */
export function filesOf({ files }: AssetManifest, role: string): string[] {
  return files.filter((file) => file.role === role).map(({ path }) => path);
}
