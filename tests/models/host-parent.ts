/** A service that only holds a model host: it tells the pid of its model process and waits to be killed. */
import { createModelHost } from "../../service/workers/workers.ts";
import { modelsFolder } from "../generators/generator-fixture.ts";

const host = await createModelHost({
  modelsDirs: [modelsFolder],
  env: { ...process.env, PIXELKILN_DEVICE: "cpu" },
  log: () => {},
});
await host.warm();
process.send?.(host.childPid());
setInterval(() => {}, 1000);
