import type { z } from "zod";
import type { AssetManifest, Timings } from "../../shared/asset.ts";
import type { ParsedRequest } from "../../shared/parse-request.ts";
import type { OutputTarget } from "../../shared/requests.ts";
import type { KindCommand } from "./command.ts";
import type { KindMaker } from "./maker.ts";

/** What the request of every kind says about how to deliver the answer. */
export interface KindRequest {
  output?: OutputTarget | undefined;
  check_cost: boolean;
  async: boolean;
  strict: boolean;
}

/**
 * One kind of asset as everything but a worker knows it: names, the request, the answer. It loads no pixel code, which
 * keeps the service process and `--help` light. Only workers load the code that draws it.
 */
export interface Kind<R extends KindRequest = KindRequest> {
  /** The kind's name in jobs, manifests and kiln files. */
  id: string;
  /** First three letters of its asset ids. */
  prefix: string;
  /** Its endpoint, and the OpenAPI operation id of that. */
  path: `/v1/${string}`;
  operation: string;
  tag: string;
  /** Its command on the command line. */
  verb: string;
  /** What a request makes: one sentence without a period. */
  summary: string;
  /** Name for users, such as the title of a form. */
  title: string;
  /** The lane its jobs usually wait in. A plan with nothing to generate goes to "pixels". */
  needs: "generator" | "pixels";
  request: z.ZodObject;
  answer: z.ZodObject;
  /** Whether a project's default style applies to it. Tiles and terrains have styles of their own. */
  takesStyle: boolean;
  /** Reads the JSON of a request. Throws `invalid-request` or `ignored-parameter`. */
  parse(raw: unknown): ParsedRequest<R>;
  /** Gives a SafeName for the files of a request without a name. */
  nameOf(request: R): string;
  /** Lists the published assets whose tiles a request builds on: the field and the id of each. */
  publishedTiles?(request: R): { field: string; id: string }[];
  /** Gives the fields of its answer that other kinds do not have, and in `shown` the files that come as base64. */
  answerOf(parts: AnswerParts): Promise<{ shown: string[]; fields: Record<string, unknown> }>;
  /** Loads what is special about its command line. */
  command: () => Promise<KindCommand>;
  /** Loads what plans and draws it; only workers call this. */
  maker: () => Promise<KindMaker>;
}

/** What an answer is built from: an asset, published by the service or made on the command line. */
export interface AnswerParts {
  jobId: string;
  manifest: AssetManifest;
  /** Reads a file of the manifest by its path. */
  read: (path: string) => Promise<Uint8Array>;
  /** Gives the URL of a file by its path. */
  urlOf: (path: string) => string;
  projectFiles: string[];
  timings: Timings;
}

/** Lists the paths of a manifest's files that have a given role. */
export function filesOf({ files }: AssetManifest, role: string): string[] {
  return files.filter((file) => file.role === role).map(({ path }) => path);
}
