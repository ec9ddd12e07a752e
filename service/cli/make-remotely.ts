import { ProjectInfo } from "../../shared/project.ts";
import { projectFilesOf } from "../kinds/made-asset.ts";
import { kindOf } from "../kinds/table.ts";
import type { KilnMaker } from "../project/kiln-maker.ts";
import { runRemoteJob } from "./remote-job.ts";
import { openClient } from "./service-call.ts";

/** Builds kiln files with a running service. Throws model-unavailable when it cannot be reached. */
export async function createRemoteMaker(url: string, env: NodeJS.ProcessEnv): Promise<KilnMaker> {
  const client = openClient(url, env);
  const { version, models } = ProjectInfo.parse(await client.getJson("/v1/project"));
  return {
    facts: { version, models },
    async make({ kind, fields, name, engines, gameFolder }, hooks) {
      const output = { name, engine: engines, client_folder: gameFolder };
      const { path } = kindOf(kind);
      const { answer, files } = await runRemoteJob(
        { url, env },
        { path, body: { ...fields, output }, ...hooks },
      );
      return { files: projectFilesOf({ files }), manifest: answer };
    },
    close: async () => {},
  };
}
