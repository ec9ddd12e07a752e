import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { readConfig } from "../../service/config.ts";
import { ServiceError } from "../../shared/errors.ts";

function errorOf(flags: Parameters<typeof readConfig>[0], env: NodeJS.ProcessEnv): ServiceError {
  try {
    readConfig(flags, env);
  } catch (error) {
    if (error instanceof ServiceError) return error;
    throw error;
  }
  throw new Error("no error was thrown");
}

describe("the configuration", () => {
  test("without anything is a closed service of this folder", () => {
    expect(readConfig({}, {})).toMatchObject({
      project: resolve("."),
      dataDir: join(resolve("."), ".pixelkiln"),
      host: "127.0.0.1",
      port: 7878,
      token: null,
      allowedOrigins: [],
      allowedHosts: [],
      device: "auto",
    });
  });

  test("comes from the environment, and flags win over it", () => {
    const env = {
      PIXELKILN_PORT: "9000",
      PIXELKILN_HOST: "localhost",
      PIXELKILN_TOKEN: "0123456789abcdef",
      PIXELKILN_ALLOWED_ORIGINS: "http://localhost:5173, https://game.test",
      PIXELKILN_DEVICE: "CPU",
    };
    expect(readConfig({ host: "127.0.0.1", port: 0 }, env)).toMatchObject({
      host: "127.0.0.1",
      port: 0,
      token: "0123456789abcdef",
      allowedOrigins: ["http://localhost:5173", "https://game.test"],
      device: "cpu",
    });
    expect(readConfig({}, env)).toMatchObject({ host: "localhost", port: 9000 });
  });

  test.each([
    ["PIXELKILN_PORT", "70000", "a whole number from 0 to 65535"],
    ["PIXELKILN_PORT", "x", "a whole number from 0 to 65535"],
    ["PIXELKILN_HOST", "a b", "an address or a host name"],
    ["PIXELKILN_QUEUE", "0", "a whole number from 1 to 100000"],
    ["PIXELKILN_DEVICE", "gpu", 'one of "auto", "cpu"'],
  ])("%s=%s is refused by name", (variable, value, expected) => {
    const error = errorOf({}, { [variable]: value });
    expect(error.errors).toMatchObject([{ field: variable, got: JSON.stringify(value) }]);
    expect(error.errors[0]?.expected).toContain(expected);
  });

  test.each([
    "*",
    "null",
    "localhost:5173",
    "http://localhost:5173/",
    "http://user@localhost:5173",
    "file:///x",
    "http://a.test/path",
  ])("the allowed origin %s is refused: only whole origins are compared", (origin) => {
    expect(errorOf({}, { PIXELKILN_ALLOWED_ORIGINS: origin }).errors[0]?.field).toContain(
      "PIXELKILN_ALLOWED_ORIGINS",
    );
  });

  test("a bad flag is named as the flag", () => {
    expect(errorOf({ port: -1 }, {}).errors).toMatchObject([{ field: "port", got: "-1" }]);
  });

  test("a short token is refused and not shown", () => {
    const error = errorOf({}, { PIXELKILN_TOKEN: "hunter2" });
    expect(error.errors[0]?.field).toBe("PIXELKILN_TOKEN");
    expect(JSON.stringify(error.errors) + error.message).not.toContain("hunter2");
  });
});
