import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

import { describeValue, type ErrorCode, invalidParameter, type ServiceError } from "../../shared/errors.ts";
import { ALL_ROUTES } from "./kind-routes.ts";

/**
 * The door: what a request must be before any handler sees it. Allowlists only, compared as a whole: no suffixes, no
 * patterns, no "looks local" (which is what DNS rebinding, simple cross-site POSTs and `Origin: null` exploited).
 */
export interface DoorPolicy {
  /** Exact Host values, lower case, with port. */
  hosts: ReadonlySet<string>;
  /** Exact Origin values, lower case: our own and the configured dev servers. */
  origins: ReadonlySet<string>;
  /** Required as `Authorization: Bearer` outside the open routes; null = none. */
  token: string | null;
}

export interface DoorSettings {
  port: number;
  /** The address to listen on. */
  host: string;
  allowedHosts: readonly string[];
  allowedOrigins: readonly string[];
  token: string | null;
}

/** What the door decided: who may read the answer, and what is wrong, if anything. */
export interface DoorVerdict {
  /** The request's origin if it may use the service; only that origin is echoed. */
  origin: string | null;
  /** A CORS preflight that may be answered without a handler. */
  preflight: boolean;
  refusal: ServiceError | null;
}

const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];
const ANY_ADDRESS = new Set(["0.0.0.0", "[::]"]);
const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/** Paths that need no token, because they show nothing of the user's. */
const OPEN_PATHS: ReadonlySet<string> = new Set(
  Object.values(ALL_ROUTES)
    .filter((route) => route.open)
    .map((route) => route.path),
);

/** Builds the policy of a listening service. Names without a port get the service's port. */
export function doorPolicy({ port, host, allowedHosts, allowedOrigins, token }: DoorSettings): DoorPolicy {
  const bound = host.includes(":") && !host.startsWith("[") ? `[${host}]` : host;
  const names = [...LOOPBACK, ...(ANY_ADDRESS.has(bound) ? [] : [bound]), ...allowedHosts].map((name) =>
    name.toLowerCase(),
  );
  const withPort = (name: string): string[] => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]);
  const hosts = new Set(names.flatMap(withPort));
  return {
    hosts,
    origins: new Set([
      ...[...hosts].map((name) => `http://${name}`),
      ...allowedOrigins.map((origin) => origin.toLowerCase()),
    ]),
    token,
  };
}

/** Judges a request by its target and headers alone, in this order: target, host, origin, token, content type. */
export function judge(incoming: IncomingMessage, policy: DoorPolicy): DoorVerdict {
  const preflight =
    incoming.method === "OPTIONS" &&
    single(incoming, "access-control-request-method") !== null &&
    single(incoming, "origin") !== null;
  const early =
    refuseTarget(incoming.url ?? "") ?? refuseHost(incoming, policy) ?? refuseOrigin(incoming, policy);
  if (early) return { origin: null, preflight: false, refusal: early };
  const origin = single(incoming, "origin");
  const refusal = preflight ? null : (refuseToken(incoming, policy) ?? refuseContent(incoming));
  return { origin, preflight, refusal };
}

function refuseTarget(target: string): ServiceError | null {
  // @hono/node-server answers absolute-form targets and drops fragments: both are refused before it.
  if (target.startsWith("/") && !/[#\\\0]/.test(target)) return null;
  return refuse("bad-target", "target", {
    got: describeValue(target),
    expected: 'a path that starts with "/" and has no #, \\ or NUL',
  });
}

function refuseHost(incoming: IncomingMessage, { hosts }: DoorPolicy): ServiceError | null {
  const host = single(incoming, "host");
  if (host !== null && hosts.has(host.toLowerCase())) return null;
  const expected = `one of ${[...hosts].join(", ")}`;
  return refuse("misdirected-request", "Host", { got: received(incoming, "host"), expected });
}

function refuseOrigin(incoming: IncomingMessage, { origins }: DoorPolicy): ServiceError | null {
  const { origin } = incoming.headersDistinct;
  if (origin !== undefined) {
    const value = origin.length === 1 ? origin[0] : undefined;
    if (value !== undefined && origins.has(value.toLowerCase())) return null;
    return refuse("forbidden-origin", "Origin", {
      got: received(incoming, "origin"),
      expected: "the service's own origin or a configured one",
    });
  }
  // Only an extra check: browsers omit Sec-Fetch-* for origins they do not trust.
  if (!words(incoming, "sec-fetch-site").includes("cross-site") || isNavigation(incoming)) return null;
  return refuse("forbidden-origin", "Sec-Fetch-Site", {
    got: '"cross-site"',
    expected: "a request from this service's own pages",
  });
}

/** Following a link from another site to the studio page does no harm. */
function isNavigation(incoming: IncomingMessage): boolean {
  const { method } = incoming;
  return (
    (method === "GET" || method === "HEAD") &&
    words(incoming, "sec-fetch-mode").join() === "navigate" &&
    words(incoming, "sec-fetch-dest").join() === "document"
  );
}

function refuseToken(incoming: IncomingMessage, { token }: DoorPolicy): ServiceError | null {
  if (token === null) return null;
  const safe = incoming.method === "GET" || incoming.method === "HEAD";
  if (safe && OPEN_PATHS.has((incoming.url ?? "").split("?", 1)[0] ?? "")) return null;
  const sent = /^Bearer +(\S+)$/i.exec(single(incoming, "authorization") ?? "")?.[1];
  if (sent !== undefined && sameSecret(sent, token)) return null;
  return refuse("unauthorized", "Authorization", {
    got: sent === undefined ? "nothing" : "a different token",
    expected: "Bearer followed by the service's token",
  });
}

/** Compares in a time that reveals neither where two secrets differ nor how long they are. */
function sameSecret(a: string, b: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/** Only JSON may change anything, because JSON needs a preflight; a form or a text/plain fetch does not. */
function refuseContent(incoming: IncomingMessage): ServiceError | null {
  const { method = "GET", headers } = incoming;
  if (SAFE_METHODS.has(method)) return null;
  const encoding = headers["content-encoding"];
  if (encoding !== undefined && encoding.toLowerCase() !== "identity") {
    return refuse("unsupported-media-type", "Content-Encoding", {
      got: describeValue(encoding),
      expected: "no content encoding",
    });
  }
  // A form cannot send DELETE, which always needs a preflight. Without a body it needs no content type.
  const bodiless = headers["transfer-encoding"] === undefined && (headers["content-length"] ?? "0") === "0";
  if (method === "DELETE" && bodiless && headers["content-type"] === undefined) return null;
  const type = single(incoming, "content-type")?.split(";", 1)[0]?.trim().toLowerCase();
  if (type === "application/json") return null;
  return refuse("unsupported-media-type", "Content-Type", {
    got: received(incoming, "content-type"),
    expected: "application/json",
  });
}

/** Gives the value of a header that came exactly once, else null. */
function single(incoming: IncomingMessage, name: string): string | null {
  const values = incoming.headersDistinct[name];
  return values?.length === 1 ? (values[0] ?? null) : null;
}

function words(incoming: IncomingMessage, name: string): string[] {
  return (incoming.headersDistinct[name] ?? []).flatMap((value) =>
    value
      .toLowerCase()
      .split(",")
      .map((word) => word.trim()),
  );
}

function received(incoming: IncomingMessage, name: string): string {
  const values = incoming.headersDistinct[name] ?? [];
  return values.length > 1 ? `${values.length} ${name} headers` : describeValue(values[0]);
}

function refuse(
  code: ErrorCode,
  field: string,
  { got, expected }: { got: string; expected: string },
): ServiceError {
  return invalidParameter(field, got, expected, { code });
}
