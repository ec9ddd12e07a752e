import { createHash } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ALL_ROUTES } from "../../service/http/kind-routes.ts";
import { SpriteAnswer } from "../../service/kinds/sprite/answer.ts";
import { STYLES } from "../../service/recipes/styles.ts";
import { AssetList, ModelList, PaletteList, Readiness, StyleList } from "../../shared/api.ts";
import { AssetManifest } from "../../shared/asset.ts";
import { Problem } from "../../shared/errors.ts";
import { PALETTES } from "../../shared/palettes.ts";
import { PNG } from "./canned-asset.ts";
import { type HttpService, startHttp } from "./http-service.ts";

let running: HttpService;
beforeEach(async () => {
  running = await startHttp();
});
afterEach(() => running.close());

const ask = (path: string, init?: RequestInit): Promise<Response> => fetch(running.url + path, init);
const makeSprite = async (): Promise<SpriteAnswer> => {
  const body = JSON.stringify({ prompt: "red dragon" });
  return SpriteAnswer.parse(
    await (
      await ask("/v1/sprites", { method: "POST", headers: { "content-type": "application/json" }, body })
    ).json(),
  );
};

describe("assets", () => {
  test("are listed, described and read, each file under its hash", async () => {
    const { id, output_urls } = await makeSprite();
    expect(AssetList.parse(await (await ask("/v1/assets")).json()).assets[0]).toMatchObject({
      id,
      url: `/v1/assets/${id}`,
    });
    expect(AssetManifest.parse(await (await ask(`/v1/assets/${id}`)).json()).id).toBe(id);
    const answer = await ask(output_urls[0]!);
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.equals(PNG)).toBe(true);
    expect(answer.headers.get("content-type")).toBe("image/png");
    expect(answer.headers.get("etag")).toBe(`"${createHash("sha256").update(bytes).digest("hex")}"`);
  });

  test("that the client has are not sent again", async () => {
    const { output_urls } = await makeSprite();
    const etag = (await ask(output_urls[0]!)).headers.get("etag") ?? "";
    for (const value of [etag, `W/${etag}`, `"x", ${etag}`, "*"]) {
      const answer = await ask(output_urls[0]!, { headers: { "if-none-match": value } });
      expect([answer.status, await answer.text()]).toEqual([304, ""]);
    }
    expect((await ask(output_urls[0]!, { headers: { "if-none-match": '"x"' } })).status).toBe(200);
  });

  test("are shown as pictures or JSON only: a page among them is a download", async () => {
    const { id } = await makeSprite();
    for (const name of ["hero.html", "hero.tres"]) {
      const { headers } = await ask(`/v1/assets/${id}/files/${name}`);
      expect(headers.get("content-type")).toBe("application/octet-stream");
      expect(headers.get("content-disposition")).toBe(`attachment; filename="${name}"`);
      expect(headers.get("content-security-policy")).toContain("sandbox");
    }
  });

  test("that are not there are not found", async () => {
    const { id } = await makeSprite();
    for (const path of [
      "/v1/assets/spr_0000000000000000",
      "/v1/assets/x",
      `/v1/assets/${id}/files/other.png`,
      `/v1/assets/${id}/files/manifest`,
    ]) {
      expect(Problem.parse(await (await ask(path)).json()), path).toMatchObject({
        status: 404,
        code: "not-found",
      });
    }
  });
});

describe("the service about itself", () => {
  test("lists styles, palettes and models", async () => {
    const { styles } = StyleList.parse(await (await ask("/v1/styles/selector")).json());
    expect(styles).toHaveLength(STYLES.length);
    const { palettes } = PaletteList.parse(await (await ask("/v1/palettes")).json());
    expect(palettes.map(({ name }) => name)).toEqual(PALETTES.map(({ name }) => name));
    const { models } = ModelList.parse(await (await ask("/v1/models")).json());
    expect(models).toMatchObject([{ id: "m", default: true, ready: true }]);
  });

  test("is live and ready; not ready when the model process is silent, or the service stops", async () => {
    const ready = async (): Promise<[number, string]> => {
      const answer = await ask("/readyz");
      const body = await answer.json();
      return [answer.status, answer.ok ? Readiness.parse(body).status : Problem.parse(body).code];
    };
    expect(await ready()).toEqual([200, "ok"]);
    running.workers.answersPings = false;
    expect(await ready()).toEqual([503, "model-unavailable"]);
    running.workers.answersPings = true;
    running.stopping.abort();
    expect(await ready()).toEqual([503, "shutting-down"]);
    expect((await ask("/livez")).status).toBe(200);
  });

  test("shows the studio under a policy that lets nothing else run", async () => {
    running.deps.studioFile = async (name) => Buffer.from(`/* ${name} */`);
    const answer = await ask("/");
    const html = await answer.text();
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(answer.headers.get("content-type")).toContain("text/html");
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(html).not.toMatch(/<(script|style)(?![^>]*src=)[^>]*>[^<]/);
    const files = [...html.matchAll(/\s(?:src|href)="(?!data:)([^"]+)"/g)].map(([, path]) => path ?? "");
    expect(files.sort()).toEqual(["/studio.css", "/studio.js"]);
    for (const path of files) {
      const file = await ask(path);
      expect(await file.text()).toContain(path.slice(1));
      expect(file.headers.get("content-type")).toMatch(/^text\/(css|javascript); charset=utf-8$/);
    }
    expect(html).not.toMatch(/ on[a-z]+=/);
  });

  test("says on the page when the studio was not built", async () => {
    running.deps.studioFile = async () => null;
    expect(await (await ask("/studio.js")).text()).toContain("not built");
    expect((await ask("/studio.css")).status).toBe(200);
  });

  test("answers HEAD wherever it answers GET, without a body", async () => {
    const { id, output_urls, job_id } = await makeSprite();
    for (const { method, path } of Object.values(ALL_ROUTES)) {
      if (method !== "GET") continue;
      const real = path.startsWith("/v1/jobs")
        ? path.replace("{id}", job_id)
        : path.replace("{id}", id).replace("{name}", "hero.png");
      const answer = await ask(real, { method: "HEAD" });
      expect([answer.status, await answer.text()], real).toEqual([200, ""]);
    }
    expect(output_urls).toHaveLength(1);
  });

  test("says which methods a path takes", async () => {
    const wrong: [string, string, string][] = [
      ["PUT", "/v1/sprites", "POST"],
      ["GET", "/v1/sprites", "POST"],
      ["POST", "/v1/jobs", "GET, HEAD"],
      ["PATCH", "/v1/jobs/job_0000000000000000", "GET, HEAD, DELETE"],
      ["DELETE", "/", "GET, HEAD"],
      ["OPTIONS", "/livez", "GET, HEAD"],
    ];
    for (const [method, path, allow] of wrong) {
      const answer = await ask(path, { method, headers: { "content-type": "application/json" } });
      expect([answer.status, answer.headers.get("allow")], `${method} ${path}`).toEqual([405, allow]);
      expect(Problem.parse(await answer.json()).code).toBe("method-not-allowed");
    }
  });

  test("an unknown path is a problem, and a fault inside tells nothing of itself", async () => {
    expect(Problem.parse(await (await ask("/v1/nothing")).json())).toMatchObject({ status: 404 });
    running.deps.styles = () => {
      throw new Error("the secret /path");
    };
    const answer = await ask("/v1/styles/selector");
    const text = await answer.text();
    expect(answer.status).toBe(500);
    expect(text).not.toContain("secret");
    expect(running.errors).toHaveLength(1);
  });
});

test("the controls of a model are listed as request fields, whatever their names are", async () => {
  const [entry] = running.workers.catalog();
  const controls = ["wrapX", "start", "colorCount", "constructor", "__proto__"];
  running.workers.catalog = () => [{ ...entry!, info: { ...entry!.info, controls } }];
  const { models } = (await (await fetch(`${running.url}/v1/models`)).json()) as {
    models: { controls: string[] }[];
  };
  expect(models[0]?.controls).toEqual(["tile_x", "input_image", "color_count", "constructor", "__proto__"]);
});
