import { afterAll, beforeAll } from "vitest";
import { type RunningService, startServiceProcess, temporaryProject } from "./service-process.ts";

/** Starts a service with its own project for all tests of a file, and stops it after them. */
export function useService(): { readonly url: string; readonly dir: string } {
  let project: Awaited<ReturnType<typeof temporaryProject>>;
  let service: RunningService;
  beforeAll(async () => {
    project = await temporaryProject();
    service = await startServiceProcess(project.dir);
  });
  afterAll(async () => {
    await service.kill();
    await project.remove();
  });
  return {
    get url() {
      return service.url;
    },
    get dir() {
      return project.dir;
    },
  };
}
