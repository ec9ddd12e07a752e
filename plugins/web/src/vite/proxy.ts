import { type IncomingMessage, type OutgoingHttpHeaders, request, type ServerResponse } from "node:http";

/** Path on the dev server that leads to the service. */
export const PROXY_PATH = "/__pixelkiln";

const LOOPBACK: ReadonlySet<string> = new Set(["127.0.0.1", "::1", "::ffff:127.0.0.1"]);

/**
 * Forwards requests of the game's own page to the service, streams the answers, and adds the token: the page
 * needs neither CORS nor the secret. Only the dev server's own origin gets through, and only from this machine:
 * otherwise the proxy would open the service to every page in the browser and, with Vite's `--host`,
 * to the whole network.
 */
export function serviceProxy({ service, token }: { service: string; token: string | undefined }) {
  return (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    if (!isOwn(incoming)) {
      refuse(outgoing, 403, "Only the game's own page on this machine may use the service.");
      return;
    }
    const target = new URL(service);
    const headers: OutgoingHttpHeaders = { ...incoming.headers, host: target.host };
    delete headers.origin;
    delete headers["sec-fetch-site"];
    if (token !== undefined) headers.authorization = `Bearer ${token}`;
    const options = { method: incoming.method, headers, path: incoming.url };
    const onward = request(target, options, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => {
      if (outgoing.headersSent) outgoing.destroy();
      else refuse(outgoing, 502, `No Pixelkiln service answers at ${target.origin}: run "pixelkiln serve".`);
    });
    outgoing.on("close", () => onward.destroy());
    incoming.pipe(onward);
  };
}

function isOwn({ headers, socket }: IncomingMessage): boolean {
  const { origin, host } = headers;
  const isOwnOrigin = origin === undefined || origin === `http://${host}` || origin === `https://${host}`;
  const isCrossSite = headers["sec-fetch-site"]?.includes("cross-site") ?? false;
  return LOOPBACK.has(socket.remoteAddress ?? "") && isOwnOrigin && !isCrossSite;
}

function refuse(outgoing: ServerResponse, status: number, detail: string): void {
  outgoing.writeHead(status, { "content-type": "application/problem+json" });
  outgoing.end(JSON.stringify({ status, detail }));
}
