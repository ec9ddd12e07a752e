// Runs a picture server for a worker process, and ends it when that process is gone, however it ended: a server holds
// gigabytes of a card's memory, and nobody else knows of it.
//
//   node keeper.mjs PROGRAM [ARGUMENT]...      over a channel: { pid } once; exits as the program does
import { spawn } from "node:child_process";

const [program, ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ["ignore", "inherit", "inherit"], windowsHide: true });

child.on("spawn", () => process.send?.({ pid: child.pid }, () => {}));
child.on("error", (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});
child.on("exit", (code) => process.exit(code ?? 1));
// Its own exit follows that of the program.
process.on("disconnect", () => child.kill("SIGKILL"));
// Ctrl-C in the terminal reaches this process too, but its parent decides when it ends.
process.on("SIGINT", () => {});
process.on("SIGTERM", () => {});
