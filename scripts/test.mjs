// `npm test`: packages, programs of the consumer tests, static checks, then every test. Arguments go to
// vitest (`npm test -- tests/asset`). Ends with a line "N passed, N failed, N skipped"; the exit code is
// vitest's, or 1 when only a static check failed.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeReady, runNpm } from "./ready.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const STATIC_CHECKS = [
  { script: "typecheck", title: "types" },
  { script: "lint", title: "lint and format" },
  { script: "knip", title: "unused code" },
];

/** Runs an npm script: one line when it is content, its whole output when it is not. Gives whether it is. */
function check({ script, title }) {
  const result = runNpm(["run", "--silent", script], { encoding: "utf8" });
  const isGood = result.status === 0;
  console.log(`${title}: ${isGood ? "ok" : "FAILED"} (npm run ${script})`);
  if (!isGood) console.log(`${result.stdout ?? ""}${result.stderr ?? ""}${result.error ?? ""}`);
  return isGood;
}

/** Runs vitest, whose own report goes to the terminal, and prints the counts. Gives its exit code. */
function runTests(args) {
  const folder = mkdtempSync(join(tmpdir(), "pixelkiln-test-"));
  const results = join(folder, "results.json");
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
  try {
    const { status } = spawnSync(process.execPath, [vitest, "run", ...reporters, ...args], {
      cwd: root,
      stdio: "inherit",
    });
    console.log(countResults(results));
    return status ?? 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countResults(path) {
  try {
    const { testResults, numPassedTests, numFailedTests, numTotalTests } = JSON.parse(
      readFileSync(path, "utf8"),
    );
    // A file that does not even load has no tests, and must not pass unseen.
    const broken = testResults.filter(
      ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
    );
    const skipped = numTotalTests - numPassedTests - numFailedTests;
    return `${numPassedTests} passed, ${numFailedTests + broken.length} failed, ${skipped} skipped`;
  } catch (error) {
    return `vitest left no result: ${error.message}`;
  }
}

function main() {
  if (!makeReady()) return 1;
  spawnSync(process.execPath, [fileURLToPath(new URL("install-test-tools.mjs", import.meta.url))], {
    stdio: "inherit",
  });
  const failures = STATIC_CHECKS.filter((one) => !check(one));
  return runTests(process.argv.slice(2)) || Math.min(failures.length, 1);
}

process.exitCode = main();
