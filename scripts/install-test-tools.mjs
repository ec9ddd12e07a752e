// Installs the programs that the tests of the engine files run against: Chromium (Phaser and Pixi),
// Tiled and Godot 4. It installs only as root on Debian, where apt can do it without a question;
// elsewhere, and with PIXELKILN_NO_INSTALL=1, it says what is missing and which tests that skips.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const installGodot = fileURLToPath(new URL("install-godot.sh", import.meta.url));
const say = (text) => process.stderr.write(`test tools: ${text}\n`);

/** Whether one of these commands is in PATH. */
const inPath = (...names) =>
  names.some((name) =>
    (process.env.PATH ?? "")
      .split(process.platform === "win32" ? ";" : ":")
      .some((dir) => existsSync(`${dir}/${name}`)),
  );

const TOOLS = [
  {
    name: "Chromium",
    skips: "the Phaser and Pixi tests",
    present: () => Boolean(process.env.CHROMIUM) || inPath("chromium", "chromium-browser", "google-chrome"),
    install: () => aptInstall("chromium"),
  },
  {
    name: "Tiled",
    skips: "the Tiled tests",
    present: () => inPath("tiled"),
    install: () => aptInstall("tiled"),
  },
  {
    name: "Godot 4",
    skips: "the Godot tests",
    present: () => spawnSync("bash", [installGodot, "--print"], { stdio: "ignore" }).status === 0,
    install: () => run("bash", [installGodot]),
  },
];

/** Why nothing may be installed here, or null. */
function obstacle() {
  if (process.env.PIXELKILN_NO_INSTALL === "1") return "PIXELKILN_NO_INSTALL is set";
  if (process.platform !== "linux" || !existsSync("/etc/os-release")) return "this is not Debian";
  if (!/^ID="?debian"?$/m.test(readFileSync("/etc/os-release", "utf8"))) return "this is not Debian";
  return process.getuid?.() === 0 ? null : "this is not root";
}

/** Runs a program and returns null, or the last line it said when it fails. */
function run(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const result = spawnSync(command, args, {
    env,
    encoding: "utf8",
    timeout: 480_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.status === 0) return null;
  const output = `${result.stdout ?? ""}\n${result.stderr ?? ""}`.trim().split("\n");
  return result.error?.message ?? output.at(-1) ?? `exit code ${result.status}`;
}

/** Installs a Debian package; a second try follows, for a mirror or a lock that was busy. */
function aptInstall(name) {
  const wait = ["-qq", "-y", "-o", "DPkg::Lock::Timeout=200", "-o", "Acquire::http::Timeout=30"];
  let problem = null;
  for (let attempt = 0; attempt < 2; attempt++) {
    // Fresh machines have no package lists, and old lists name files that are gone.
    run("apt-get", [...wait, "update"]);
    problem = run("apt-get", [...wait, "install", "--no-install-recommends", name]);
    if (problem === null) return null;
  }
  return problem;
}

const reason = obstacle();
for (const tool of TOOLS) {
  if (tool.present()) {
    say(`${tool.name} is here`);
    continue;
  }
  if (reason === null) say(`installing ${tool.name} ...`);
  const problem = reason ?? tool.install();
  if (problem === null && tool.present()) say(`${tool.name} is installed`);
  else
    say(`NO ${tool.name.toUpperCase()}: ${tool.skips} WILL BE SKIPPED (${problem ?? "it does not start"})`);
}
