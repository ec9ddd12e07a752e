import { once } from "node:events";
import { createServer } from "node:net";
import { type RunningService, startServiceProcess } from "../../service/service-process.ts";

/** A real service that is stopped and started at one address. */
export interface RestartableService {
  url: string;
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Chooses a free port for the service of a project; nothing listens there until `start`. */
export async function restartableService(project: string): Promise<RestartableService> {
  const port = await freePort();
  let running: RunningService | null = null;
  return {
    url: `http://127.0.0.1:${port}`,
    async start() {
      running = await startServiceProcess(project, {
        PIXELKILN_DEVICE: "cpu",
        PIXELKILN_PORT: String(port),
      });
    },
    async stop() {
      await running?.stop();
      running = null;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("the system gave no port");
  return address.port;
}
