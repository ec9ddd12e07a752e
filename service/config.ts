import { join, resolve } from "node:path";
import { z } from "zod";
import { invalidParameter } from "../shared/errors.ts";
import { invalidRequest } from "../shared/parse-request.ts";
import { DEVICES } from "./generators/execution-provider.ts";
import { modelsDirs } from "./package-info.ts";

const LEAST_TOKEN = 16;

/** Environment variables and the fields they set. Flags win over them. */
const VARIABLES = {
  project: "PIXELKILN_PROJECT",
  host: "PIXELKILN_HOST",
  port: "PIXELKILN_PORT",
  allowedOrigins: "PIXELKILN_ALLOWED_ORIGINS",
  allowedHosts: "PIXELKILN_ALLOWED_HOSTS",
  device: "PIXELKILN_DEVICE",
  queueLimit: "PIXELKILN_QUEUE",
  queueLimitPerClient: "PIXELKILN_QUEUE_PER_CLIENT",
} as const;

const wholeNumber = (min: number, max: number) =>
  z
    .union([z.number(), z.string().regex(/^\d+$/).transform(Number)], `a whole number from ${min} to ${max}`)
    .refine((n) => Number.isInteger(n) && n >= min && n <= max, `a whole number from ${min} to ${max}`);

const list = (item: z.ZodType<string, string>) =>
  z
    .string()
    .default("")
    .transform((text) =>
      text
        .split(",")
        .map((one) => one.trim())
        .filter((one) => one !== ""),
    )
    .pipe(z.array(item));

const Origin = z.string().refine(isOrigin, "origins such as http://localhost:5173, separated by commas");
const HostName = z.string().regex(/^[a-z0-9.-]+$/i, "host names without a port, separated by commas");

const Settings = z.object({
  project: z.string().min(1).default("."),
  host: z
    .string()
    .regex(/^[a-z0-9.:-]+$/i, "an address or a host name")
    .default("127.0.0.1"),
  port: wholeNumber(0, 65_535).default(7878),
  allowedOrigins: list(Origin),
  allowedHosts: list(HostName),
  device: z.string().trim().toLowerCase().pipe(z.enum(DEVICES)).default("auto"),
  queueLimit: wholeNumber(1, 100_000).default(256),
  queueLimitPerClient: wholeNumber(1, 100_000).default(64),
});

/** Every setting of a service. */
export interface Config extends z.infer<typeof Settings> {
  /** Absolute path of the game, where `output` writes. */
  project: string;
  /** The service's own folder inside it: jobs and library. */
  dataDir: string;
  /** Bearer token that every client must send; null: none. */
  token: string | null;
  modelsDirs: readonly string[];
}

/** What a command line can set; the rest comes from the environment. */
export interface ConfigFlags {
  project?: string | undefined;
  host?: string | undefined;
  port?: number | undefined;
}

/** Reads the configuration. Throws `invalid-request`, which names the wrong flag or variable. */
export function readConfig(flags: ConfigFlags, env: NodeJS.ProcessEnv): Config {
  const input: Record<string, unknown> = {};
  const writtenAs = new Map<string, string>();
  for (const [field, variable] of Object.entries(VARIABLES)) {
    const flag = field in flags ? flags[field as keyof ConfigFlags] : undefined;
    if (flag === undefined) writtenAs.set(field, variable);
    const value = flag ?? env[variable];
    if (value !== undefined && value !== "") input[field] = value;
  }
  const parsed = Settings.safeParse(input);
  if (!parsed.success) throw invalidRequest(parsed.error, input, writtenAs);
  const project = resolve(parsed.data.project);
  return {
    ...parsed.data,
    project,
    dataDir: join(project, ".pixelkiln"),
    token: readToken(env.PIXELKILN_TOKEN),
    modelsDirs: modelsDirs(env),
  };
}

/** Checked separately, because an error must never show a secret. */
function readToken(token: string | undefined): string | null {
  if (token === undefined || token === "") return null;
  if (/^[\x21-\x7e]+$/.test(token) && token.length >= LEAST_TOKEN) return token;
  const expected = `at least ${LEAST_TOKEN} visible ASCII characters`;
  throw invalidParameter("PIXELKILN_TOKEN", `${token.length} characters`, expected);
}

function isOrigin(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text;
}
