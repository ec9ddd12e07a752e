import { defineConfig } from "vitest/config";

/** Tests of units that need processes or a model all the same, so that `npm run test:unit` stays quick. */
const WITH_PROCESSES = ["tests/queue/{kill,instance-lock}.test.ts", "tests/eval/evaluator.test.ts"];

// Fast pure units apart from suites that start the service, its child process, or a real engine.
const project = (name: string, include: string[], testTimeout: number) => ({
  test: { name, include, testTimeout, hookTimeout: testTimeout, pool: "forks" as const },
});
const unit = project(
  "unit",
  [
    "tests/{shared,words,pixel,motion,terrain,recipes,edit,asset,writers,events,queue,library,codecs,eval,client,studio,wardrobe,effects}/**/*.test.ts",
  ],
  20_000,
);

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { ...unit.test, exclude: WITH_PROCESSES } },
      project("architecture", ["tests/architecture/**/*.test.ts"], 60_000),
      project(
        "service",
        [
          "tests/{http,generators,workers,kinds,cli,service,project,golden,training}/**/*.test.ts",
          ...WITH_PROCESSES,
        ],
        120_000,
      ),
      project("consumers", ["tests/consumers/**/*.test.ts"], 300_000),
    ],
  },
});
