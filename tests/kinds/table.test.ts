import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, onTestFinished, test } from "vitest";
import { ALL_ROUTES } from "../../service/http/kind-routes.ts";
import { openApiDocument } from "../../service/http/openapi.ts";
import { assetIdOfJob, KINDS } from "../../service/kinds/table.ts";
import { kilnJsonSchema } from "../../service/project/kiln-schema.ts";
import { KindInfo } from "../../shared/answers.ts";
import { ASSET_ID } from "../../shared/job.ts";
import { inFolder, runCli } from "../cli/run-cli.ts";
import { startHttp } from "../http/http-service.ts";

/** Formats and the like that schemas mention are none of these tests' business. */
const ajv = () => new Ajv2020({ strict: false, validateFormats: false });

async function service() {
  const running = await startHttp();
  onTestFinished(() => running.close());
  return running;
}

test("no two kinds share a name of any sort", () => {
  for (const name of ["id", "prefix", "path", "operation", "verb", "title"] as const)
    expect(new Set(KINDS.map((kind) => kind[name])).size, name).toBe(KINDS.length);
});

test("GET /v1/kinds lists every kind, each with a JSON schema that takes what the kind takes", async () => {
  const { url } = await service();
  const body = (await (await fetch(`${url}/v1/kinds`)).json()) as { kinds: unknown[] };
  const infos = body.kinds.map((info) => KindInfo.parse(info));
  expect(infos.map(({ id }) => id)).toEqual(KINDS.map(({ id }) => id));
  for (const [i, kind] of KINDS.entries()) {
    const info = infos[i]!;
    expect([info.path, info.asset_prefix, info.title]).toEqual([kind.path, kind.prefix, kind.title]);
    const schema = info.request as { properties: Record<string, unknown> };
    expect(Object.keys(schema.properties).sort(), kind.id).toEqual(Object.keys(kind.request.shape).sort());
    const validate = ajv().compile(info.request);
    for (const raw of [
      {},
      { async: 7 },
      { prompt: "x" },
      { input_image: "AAAA" },
      { upper_description: "x" },
    ])
      expect(validate(raw), `${kind.id} ${JSON.stringify(raw)}`).toBe(kind.request.safeParse(raw).success);
  }
});

test("every kind has its route, which takes POST alone and reads the kind's own request", async () => {
  const { url, jobs } = await service();
  for (const { path, operation, request } of KINDS) {
    expect(ALL_ROUTES[operation], operation).toMatchObject({ method: "POST", path, body: request });
    const looked = await fetch(url + path);
    expect([looked.status, looked.headers.get("allow")], path).toEqual([405, "POST"]);
    const headers = { "content-type": "application/json" };
    const refused = await fetch(url + path, { method: "POST", headers, body: '{"async":7}' });
    const { errors } = (await refused.json()) as { errors: { field: string }[] };
    expect(refused.status, path).toBe(422);
    expect(errors.map(({ field }) => field)).toContain("async");
  }
  expect(await jobs()).toBe(0);
});

test("every kind has its request and its answer in the OpenAPI document, and its route refers to them", () => {
  const document = openApiDocument("1.2.3") as unknown as {
    paths: Record<string, { post: object }>;
    components: { schemas: Record<string, unknown> };
  };
  for (const { id, path } of KINDS) {
    const name = `${id.charAt(0).toUpperCase()}${id.slice(1)}`;
    for (const schema of [`${name}Request`, `${name}Answer`]) {
      expect(document.components.schemas).toHaveProperty(schema);
      expect(JSON.stringify(document.paths[path]?.post)).toContain(`"#/components/schemas/${schema}"`);
    }
  }
});

test("every kind has a prefix of asset ids and can be asked for in a kiln file", () => {
  const schema = JSON.stringify(kilnJsonSchema());
  for (const { id, prefix } of KINDS) {
    expect(schema).toContain(`"kind":{"type":"string","const":"${id}"}`);
    const assetId = assetIdOfJob("job_0123456789abcdef", id);
    expect(assetId).toBe(`${prefix}_0123456789abcdef`);
    expect(assetId).toMatch(ASSET_ID);
  }
});

test("every kind has its command, which the overview lists and which explains itself", async () => {
  await inFolder(async (cwd) => {
    const overview = await runCli(["--help"], { cwd });
    for (const { verb } of KINDS) {
      expect(overview.stdout).toContain(`pixelkiln ${verb} `);
      const { code, stdout } = await runCli([verb, "--help"], { cwd });
      expect([code, stdout.includes(`pixelkiln ${verb}`)], verb).toEqual([0, true]);
    }
  });
});
