import { defineConfig } from "vitest/config";

// Fast pure units apart from suites that start the service, its child process, or a real engine.
const project = (name: string, include: string[], testTimeout: number) => ({
  test: { name, include, testTimeout, hookTimeout: testTimeout, pool: "forks" as const },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project(
        "unit",
        [
          "tests/{shared,words,pixel,motion,terrain,recipes,edit,asset,writers,events,queue,library,codecs,eval,client,studio}/**/*.test.ts",
        ],
        20_000,
      ),
      project("architecture", ["tests/architecture/**/*.test.ts"], 60_000),
      project(
        "service",
        ["tests/{http,generators,workers,kinds,cli,service,project,golden}/**/*.test.ts"],
        120_000,
      ),
      project("consumers", ["tests/consumers/**/*.test.ts"], 300_000),
    ],
  },
});
