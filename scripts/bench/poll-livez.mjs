// Polls /livez in a thread of its own, so that what the bench itself does is not in the times.
// workerData: { url, pauseMs, done: SharedArrayBuffer }; posts the times in ms when done[0] is 1.
import { Agent, get } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";

const { url, pauseMs, done } = workerData;
const isDone = new Int32Array(done);
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const times = [];

function ask() {
  return new Promise((resolve, reject) => {
    get(`${url}/livez`, { agent }, (response) => response.resume().on("end", resolve)).on("error", reject);
  });
}

while (Atomics.load(isDone, 0) === 0) {
  const started = performance.now();
  await ask();
  times.push(performance.now() - started);
  await sleep(pauseMs);
}
agent.destroy();
parentPort.postMessage(times);
