/** A service that only holds workers: it tells the pid of the generator's process and waits to be killed. */
import { openTestWorkers } from "./sample-orders.ts";

const { workers } = await openTestWorkers();
await workers.warm();
process.send?.(workers.generatorPid());
setInterval(() => {}, 1000);
