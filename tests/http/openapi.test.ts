import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, onTestFinished, test } from "vitest";
import { createApp, honoPath } from "../../service/http/app.ts";
import { ALL_ROUTES } from "../../service/http/kind-routes.ts";
import { openApiDocument } from "../../service/http/openapi.ts";
import { startHttp } from "./http-service.ts";

interface Document {
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
  components: { schemas: Record<string, unknown> };
}

const document = openApiDocument("1.2.3") as unknown as Document;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.keys(methods).map((method) => `${method.toUpperCase()} ${honoPath(path)}`),
);

test("the OpenAPI document is valid OpenAPI 3.1", async () => {
  const validator = new Validator();
  const result = await validator.validate(JSON.parse(JSON.stringify(document)));
  expect(result.errors ?? []).toEqual([]);
  expect(result.valid).toBe(true);
  expect(validator.version).toBe("3.1");
});

test("each route of the app is in the document and each operation of the document in the app", async () => {
  const running = await startHttp();
  onTestFinished(() => running.close());
  const routes = createApp(running.deps)
    .routes.filter((route) => route.method !== "ALL")
    .map((route) => `${route.method} ${route.path}`);
  expect(routes.length).toBe(Object.keys(ALL_ROUTES).length);
  expect([...routes].sort()).toEqual([...operations].sort());
});

test("each reference points at a schema that is there", () => {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]+)"/g)].map(
    (match) => match[1] ?? "",
  );
  expect(references.length).toBeGreaterThan(50);
  for (const reference of new Set(references)) {
    const name = /^#\/components\/schemas\/(\w+)$/.exec(reference)?.[1];
    expect(Object.keys(document.components.schemas), reference).toContain(name);
  }
});

test("each operation names its success and the refusals of the door", () => {
  for (const methods of Object.values(document.paths)) {
    for (const { operationId, responses } of Object.values(methods)) {
      expect(Object.keys(responses), operationId).toEqual(
        expect.arrayContaining(["200", "400", "401", "403", "421"]),
      );
    }
  }
});
