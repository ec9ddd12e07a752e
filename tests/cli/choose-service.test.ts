import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { findService } from "../../service/cli/find-service.ts";
import { chooseService } from "../../service/cli/open-maker.ts";
import { makeGame } from "../project/project-setup.ts";

/** A program on this machine that reports its instance, and the requests it got. */
async function listenAs(instance: string): Promise<{ url: string; asked: (string | undefined)[] }> {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(request.headers.authorization);
    response.end(JSON.stringify({ instance, version: "0", models: [] }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test("only an address of this machine that answers as the instance of the record is the project's service", async () => {
  const game = makeGame();
  const { url, asked } = await listenAs("one");
  const record = { instance: "one", url, pid: 1 };
  expect(await findService(game.dir)).toBeNull();
  game.write(".pixelkiln/service.json", record);
  expect(await findService(game.dir)).toBe(url);
  for (const wrong of [
    { ...record, instance: "two" },
    { ...record, url: "http://example.invalid" },
    { ...record, url: "http://127.0.0.1:9" },
    "{",
  ]) {
    game.write(".pixelkiln/service.json", wrong);
    expect(await findService(game.dir)).toBeNull();
  }
  expect(asked).toEqual([undefined, undefined]);
});

test("flag and environment win over the service that runs, that over the configuration, which may be anybody's", async () => {
  const game = makeGame();
  game.write("pixelkiln.config.json", { service: "http://art.example:7878" });
  const choose = async (flag: string | undefined, env: NodeJS.ProcessEnv) =>
    chooseService(flag, { env }, await game.open());
  expect(await choose(undefined, {})).toEqual({ url: "http://art.example:7878", isTrusted: false });
  const { url } = await listenAs("one");
  game.write(".pixelkiln/service.json", { instance: "one", url, pid: 1 });
  expect(await choose(undefined, {})).toEqual({ url, isTrusted: true });
  expect(await choose(undefined, { PIXELKILN_URL: "http://env.example" })).toEqual({
    url: "http://env.example",
    isTrusted: true,
  });
  expect(await choose("http://flag.example", { PIXELKILN_URL: "http://env.example" })).toMatchObject({
    url: "http://flag.example",
  });
  game.write("pixelkiln.config.json", {});
  game.write(".pixelkiln/service.json", "{}");
  expect(await choose(undefined, {})).toBeNull();
});
