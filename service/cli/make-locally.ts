import { loadCatalog } from "../generators/catalog.ts";
import { modelsDirs, packageInfo } from "../package-info.ts";
import type { KilnMaker } from "../project/kiln-maker.ts";
import type { ModelHost } from "../workers/workers.ts";
import type { CliContext } from "./command.ts";

/**
 * Draws kiln files in this process. What draws is loaded with the first one: to say that five hundred are up to date
 * takes no image library and no model host.
 */
export async function createLocalMaker(context: CliContext): Promise<KilnMaker> {
  const { version } = packageInfo();
  const catalog = await loadCatalog(modelsDirs(context.env));
  const models = catalog.map(({ description: { id, sha256 } }) => ({ id, sha256 }));
  let host: Promise<ModelHost> | null = null;
  return {
    facts: { version, models },
    async make(order, hooks) {
      const [{ drawKilnOrder }, { openHost }] = await Promise.all([
        import("./draw-kiln-order.ts"),
        import("./draw-local.ts"),
      ]);
      host ??= openHost(context);
      return drawKilnOrder(order, { host: await host, version }, hooks);
    },
    async close() {
      await (await host)?.close();
    },
  };
}
