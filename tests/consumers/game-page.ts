import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";

const TYPES: Record<string, string> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  png: "image/png",
};

/** A browser and a little server for the engines and the files that they load. */
export interface GamePages {
  /** Opens an empty page with these scripts in it; `files` are served below `files/`. */
  open(scripts: readonly string[], files: ReadonlyMap<string, Uint8Array>): Promise<GamePage>;
  /** Opens a page of another server. */
  visit(url: string): Promise<GamePage>;
  close(): Promise<void>;
}

export interface GamePage {
  page: Page;
  /** What the page complained about: uncaught errors, console errors and warnings, failed requests. */
  complaints: string[];
}

/** Starts Chromium without a window (WebGL in software) and a server on 127.0.0.1. */
export async function startGamePages(executablePath: string): Promise<GamePages> {
  const served = new Map<string, Uint8Array>([
    ["/", Buffer.from("<!doctype html><meta charset=utf-8><link rel=icon href=data:,><title>game</title>")],
  ]);
  const server = await serve(served);
  const { port } = server.address() as AddressInfo;
  const browser: Browser = await chromium.launch({
    executablePath,
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
    ],
  });
  const visit = async (url: string): Promise<GamePage> => {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on("pageerror", (error) => complaints.push(String(error)));
    // A reload cancels what the page was still asking for: no fault of the page.
    page.on("requestfailed", (request) => {
      const cause = request.failure()?.errorText;
      if (cause !== "net::ERR_ABORTED") complaints.push(`failed: ${request.url()} (${cause})`);
    });
    page.on("console", (message) => {
      const isComplaint = ["error", "warning"].includes(message.type());
      if (isComplaint && isAboutOurFiles(message.text())) complaints.push(message.text());
    });
    await page.goto(url, { timeout: 90_000 });
    return { page, complaints };
  };
  return {
    visit,
    async open(scripts, files) {
      for (const [path, bytes] of files) served.set(`/files/${path}`, bytes);
      const game = await visit(`http://127.0.0.1:${port}/`);
      for (const script of scripts) await game.page.addScriptTag({ content: await readFile(script, "utf8") });
      return game;
    },
    async close() {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Finds a browser build of an installed engine; its package's exports need not name it. */
export function engineBuild(path: string): string {
  return fileURLToPath(new URL(`../../node_modules/${path}`, import.meta.url));
}

/** Whether a complaint is more than the software WebGL of a machine without a GPU talking about itself. */
function isAboutOurFiles(complaint: string): boolean {
  return !/GPU stall due to ReadPixels|GL Driver Message|swiftshader/i.test(complaint);
}

async function serve(files: ReadonlyMap<string, Uint8Array>): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://127.0.0.1").pathname;
    const bytes = files.get(path);
    const type = TYPES[path === "/" ? "html" : (path.split(".").at(-1) ?? "")] ?? "application/octet-stream";
    response.writeHead(bytes ? 200 : 404, { "content-type": type }).end(bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}
