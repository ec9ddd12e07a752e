import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { decodeImage } from "../../service/codecs/decode-image.ts";
import { PixelateAnswer } from "../../service/kinds/pixelate/answer.ts";
import { AcceptedAnswer, CostAnswer } from "../../shared/answers.ts";
import { ToolList } from "../../shared/api-pixels.ts";
import { BODY_LIMITS } from "../../shared/api-route.ts";
import { EDIT_TOOL_IDS, EditAnswer, EditEstimate, PixelFixerAnswer } from "../../shared/edit-tools.ts";
import { Problem, RetroProblem } from "../../shared/errors.ts";
import { PNG } from "./canned-asset.ts";
import { type HttpService, startHttp } from "./http-service.ts";
import { sendRaw } from "./raw-request.ts";

let running: HttpService;
beforeEach(async () => {
  running = await startHttp({ queue: 4 });
});
afterEach(() => running.close());

const picture = PNG.toString("base64");
const post = (path: string, body: unknown): Promise<Response> =>
  fetch(running.url + path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
const sizesOf = (pictures: readonly string[]): Promise<number[][]> =>
  Promise.all(
    pictures.map(async (text) => {
      const { width, height } = await decodeImage(Buffer.from(text, "base64"), "answer");
      return [width, height];
    }),
  );
const problemOf = async (answer: Response): Promise<Problem> => Problem.parse(await answer.json());

describe("POST /v1/pixelate", () => {
  test("waits for the job and answers with the picture and its grid", async () => {
    const answer = await post("/v1/pixelate", { input_image: picture });
    expect(answer.status).toBe(200);
    const body = PixelateAnswer.parse(await answer.json());
    expect(body).toMatchObject({ kind: "pixelate", model: null, grid: { kind: "native" } });
    expect(answer.headers.get("location")).toBe(`/v1/jobs/${body.job_id}`);
    const result = await fetch(`${running.url}/v1/jobs/${body.job_id}/result`);
    expect(PixelateAnswer.parse(await result.json()).id).toBe(body.id);
  });

  test("is a job like others: async, check_cost, idempotent", async () => {
    running.workers.making = "held";
    const accepted = await post("/v1/pixelate", { input_image: picture, async: true });
    expect(accepted.status).toBe(202);
    AcceptedAnswer.parse(await accepted.json());
    const cost = await post("/v1/pixelate", { input_image: picture, check_cost: true, wings: 2 });
    expect(CostAnswer.parse(await cost.json()).ignored_parameters.map(({ name }) => name)).toEqual(["wings"]);
    expect(await running.jobs()).toBe(1);
  });

  test("names every wrong field and makes no job", async () => {
    const answer = await post("/v1/pixelate", { pixel_size: "big", color_count: 300, cleanup: ["magic"] });
    expect(answer.status).toBe(422);
    const { errors } = await problemOf(answer);
    expect(errors?.map(({ field }) => field).sort()).toEqual([
      "cleanup.0",
      "color_count",
      "input_image",
      "pixel_size",
    ]);
    expect(await running.jobs()).toBe(0);
  });
});

describe("the edit tools", () => {
  test("are listed as a bare list with their fields", async () => {
    const tools = ToolList.parse(await (await fetch(`${running.url}/v1/edit/tools`)).json());
    expect(tools.map(({ id }) => id)).toEqual(EDIT_TOOL_IDS);
    const reducer = tools.find(({ id }) => id === "color_reducer");
    expect(reducer?.api_fields.find(({ name }) => name === "color_count")).toMatchObject({
      required: false,
      schema: { type: "integer", minimum: 1, maximum: 256, default: 16 },
    });
    expect(reducer?.api_fields.find(({ name }) => name === "input_image")?.required).toBe(true);
  });

  test.each([
    ["color_reducer", {}],
    ["palette_converter", { input_palette: "pico-8" }],
    ["k_centroid_downscale", { width: 1, height: 1 }],
    ["pixel_correction", {}],
    ["background_remover", {}],
    ["rotate", { rotation_degrees: 90 }],
    ["seam_tiling", { tile_x: true }],
  ])("%s answers with the picture, in Retro Diffusion's fields", async (tool, fields) => {
    const answer = await post(`/v1/edit/tools/${tool}`, { input_image: picture, custom_id: "q7", ...fields });
    expect(answer.status).toBe(200);
    const body = EditAnswer.parse(await answer.json());
    expect(body).toMatchObject({ tool_id: tool, custom_id: "q7", charged: false });
    expect(await sizesOf(body.base64_images)).toEqual([[1, 1]]);
    expect(body.outputImageBase64).toBe(body.base64_images[0]);
    expect(await running.jobs()).toBe(0);
  });

  test("an estimate validates without running", async () => {
    const good = await post("/v1/edit/tools/rotate/estimate", { input_image: picture, seed: 1 });
    expect(EditEstimate.parse(await good.json())).toMatchObject({
      tool_id: "rotate",
      balance_cost: 0,
      ignored_parameters: [{ name: "seed" }],
    });
    const bad = await post("/v1/edit/tools/rotate/estimate", { input_image: picture, rotation_degrees: 900 });
    expect(bad.status).toBe(422);
    expect(bad.headers.get("content-type")).toBe("application/json");
    const { detail, errors } = RetroProblem.parse(await bad.json());
    expect(detail).toEqual({
      code: "invalid_request",
      message: "Invalid rotation_degrees: got 900, expected at most 360.",
      request_id: bad.headers.get("x-request-id"),
    });
    expect(errors).toEqual([{ field: "rotation_degrees", got: "900", expected: "at most 360" }]);
    expect(running.workers.edited.map(({ check }) => check)).toEqual([true]);
  });

  test.each(["/v1/edit/tools/inpainting", "/v1/edit/tools/__proto__", "/v1/edit/tools/rotate%00"])(
    "%s is no tool here",
    async (path) => {
      const answer = await post(path, { input_image: picture });
      expect(answer.status).toBe(404);
      expect(RetroProblem.parse(await answer.json()).detail.code).toBe("not_found");
    },
  );

  test("the pixel fixer answers with one picture", async () => {
    const answer = await post("/v1/pixel-fixer/standard", { input_image: picture });
    expect(await sizesOf(PixelFixerAnswer.parse(await answer.json()).base64_images)).toEqual([[1, 1]]);
  });
});

describe("every door of pixels", () => {
  const PATHS = [
    "/v1/pixelate",
    "/v1/edit/tools/rotate",
    "/v1/edit/tools/rotate/estimate",
    "/v1/pixel-fixer/standard",
  ];
  const send = (path: string, lines: string[], body: string) =>
    sendRaw(
      running.port,
      [`POST ${path} HTTP/1.1`, `Host: 127.0.0.1:${running.port}`, ...lines, "", body].join("\r\n"),
    );

  /** The code of an error in either form, in the service's own spelling. */
  const codeOf = (body: string): string => {
    const { code, detail } = JSON.parse(body) as { code?: string; detail: { code: string } };
    return code ?? detail.code.replaceAll("_", "-");
  };

  test.each(PATHS)("%s refuses a body that is too large by its length", async (path) => {
    const length = `Content-Length: ${BODY_LIMITS.pictures + 1}`;
    const answer = await send(path, ["Content-Type: application/json", length], "");
    expect(answer.status).toBe(413);
    expect(codeOf(answer.body)).toBe("payload-too-large");
  });

  test.each(PATHS)("%s refuses what is not JSON, and what is no object", async (path) => {
    for (const [body, status] of [
      ["{", 400],
      ["[]", 422],
      ["null", 422],
      ['"AAAA"', 422],
    ] as const) {
      const lines = ["Content-Type: application/json", `Content-Length: ${body.length}`];
      expect((await send(path, lines, body)).status).toBe(status);
    }
  });

  test.each(PATHS)("%s refuses a form, as a page of a stranger would send it", async (path) => {
    const answer = await send(path, ["Content-Type: text/plain", "Content-Length: 2"], "{}");
    expect(answer.status).toBe(415);
    const foreign = ["Origin: https://evil.example", "Content-Type: application/json", "Content-Length: 2"];
    expect((await send(path, foreign, "{}")).status).toBe(403);
  });

  test.each(PATHS)("%s refuses other methods", async (path) => {
    const answer = await fetch(running.url + path, { method: "GET" });
    expect(answer.status).toBe(405);
    expect(answer.headers.get("allow")).toBe("POST");
  });

  test.each(PATHS.slice(1))("%s says that a stopping service takes no more work", async (path) => {
    running.stopping.abort();
    expect((await post(path, { input_image: picture })).status).toBe(503);
  });
});
