import { createServer } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { encodePng } from "../../service/codecs/encode-png.ts";
import type { LogFields } from "../../service/service-log.ts";
import { createWorkers } from "../../service/workers/workers.ts";
import { modelsFolder } from "../generators/generator-fixture.ts";
import { quiet } from "../kinds/test-worker.ts";
import { draw, GOBLIN } from "../pixel/ascii-image.ts";
import { turnOrder } from "./sample-orders.ts";

const picture = Buffer.from(await encodePng(draw(GOBLIN))).toString("base64");

/** Workers with more environment, one of which has edited a picture, and what was logged. */
async function useWorkers(env: Record<string, string>) {
  const logged: (LogFields & { message: string })[] = [];
  const log = (message: string, fields: LogFields = {}) => void logged.push({ message, ...fields });
  const workers = await createWorkers({ modelsDirs: [modelsFolder], env: { ...process.env, ...env }, log });
  onTestFinished(() => workers.close());
  await workers.edit(turnOrder(picture), quiet());
  return logged;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
      .once("error", reject)
      .listen(0, "127.0.0.1", () => {
        const { port } = server.address() as { port: number };
        server.close(() => resolve(port));
      });
  });
}

test("what a worker process prints is logged for debugging, from both of its streams", async () => {
  const code = 'console.log("to stdout"); console.error("to stderr");';
  const logged = await useWorkers({
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(code)}`,
  });
  const outputs = () => logged.filter(({ message }) => message === "Output of a worker process.");
  await vi.waitFor(() =>
    expect(
      outputs()
        .map(({ text }) => text)
        .sort(),
    ).toEqual(["to stderr", "to stdout"]),
  );
  for (const line of outputs()) expect(line).toMatchObject({ level: "debug", pid: expect.any(Number) });
});

test("a debugger can attach to a worker process at the port of PIXELKILN_INSPECT and its place", async () => {
  // Pixels are the second lane.
  const port = await freePort();
  const logged = await useWorkers({ PIXELKILN_INSPECT: String(port - 1) });
  expect(logged).toContainEqual(expect.objectContaining({ inspect: port, pid: expect.any(Number) }));
  const targets = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as { url: string }[];
  expect(targets).toMatchObject([{ type: "node", url: expect.stringMatching(/workers\/process\.ts$/) }]);
});

test("a port of PIXELKILN_INSPECT that is taken is a warning, and the work goes on", async () => {
  const server = createServer();
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as { port: number }).port));
  });
  onTestFinished(() => void server.close());
  const logged = await useWorkers({ PIXELKILN_INSPECT: String(port - 1) });
  await vi.waitFor(() =>
    expect(logged).toContainEqual(
      expect.objectContaining({
        level: "warn",
        message: "No debugger can attach to a worker process.",
        text: expect.stringContaining(`:${port}`),
      }),
    ),
  );
});

test.each(["yes", "0", "65534", "-1"])("PIXELKILN_INSPECT=%s is refused", async (text) => {
  await expect(useWorkers({ PIXELKILN_INSPECT: text })).rejects.toMatchObject({
    code: "invalid-request",
    message: `Invalid PIXELKILN_INSPECT: got ${JSON.stringify(text)}, expected a port from 1 to 65532.`,
  });
});
