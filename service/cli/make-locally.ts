import { loadCatalog, withConfigured } from "../generators/catalog.ts";
import { projectFilesOf } from "../kinds/made-asset.ts";
import { kindOf } from "../kinds/table.ts";
import { modelsDirs, packageInfo } from "../package-info.ts";
import type { KilnMaker } from "../project/kiln-maker.ts";
import { readModels } from "../project/read-models.ts";
import type { Workers } from "../workers/workers.ts";
import type { CliContext } from "./command.ts";

/** Stands in for the asset id of a tileset. It shows up only in the answer, which a build does not keep. */
const NO_ID = "0000000000000000";

/**
 * Builds kiln files with this program's own workers. They start with the first asset to make: none are needed to find
 * that five hundred are up to date.
 */
export async function createLocalMaker(context: CliContext, projectDir: string): Promise<KilnMaker> {
  const { env } = context;
  const stored = await loadCatalog(modelsDirs(env));
  const catalog = withConfigured(stored, await readModels(projectDir, env));
  const models = catalog.map(({ info: { id, sha256 } }) => ({ id, sha256 }));
  let workers: Promise<Workers> | null = null;
  return {
    facts: { version: packageInfo().version, models },
    async make({ kind: id, fields, name, engines, gameFolder: folder }, hooks) {
      const { makeHere, openWorkers } = await import("./local-workers.ts");
      workers ??= openWorkers(context, { projectDir });
      const kind = kindOf(id);
      const target = { name, engines, folder, assetId: `${kind.prefix}_${NO_ID}` };
      const asset = await makeHere(await workers, { kind, parsed: kind.parse(fields), target }, hooks);
      return { files: projectFilesOf(asset), manifest: asset.manifest };
    },
    async close() {
      await (await workers)?.close();
    },
  };
}
