import { build, type InlineConfig, type Plugin, type PreviewServer, preview } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type GamePages, startGamePages } from "./game-page.ts";
import { describeWith, findChromium } from "./programs.ts";
import { look } from "./web-probe.ts";
import { makeWebProject, viteConfig, type WebProject } from "./web-project.ts";

/** Words that only the code of development says. */
const DEV_WORDS = [
  "EventSource",
  "import.meta.hot",
  "pixelkiln:change",
  "pixelkiln:ask",
  "pixelkiln:updated",
  "__pixelkiln",
  "/v1/",
  "stays as it was",
  "stays a placeholder",
  "127.0.0.1:7878",
];

describeWith(findChromium(), "a production build", (chromium) => {
  let pages: GamePages;

  beforeAll(async () => {
    pages = await startGamePages(chromium);
  });

  afterAll(async () => {
    await pages?.close();
  });

  test.each([
    ["Phaser", "main-vite.js", { phaser: "phaser" }],
    ["Pixi", "main-pixi.js", { "pixi.js": "pixi.js" }],
  ] as const)(
    "of a %s game plays the art, holds no code of development and needs no service",
    async (_engine, main, packages) => {
      let project: WebProject | undefined;
      let server: PreviewServer | undefined;
      try {
        project = await makeWebProject(main, packages);
        const config = {
          ...(await viteConfig(project.dir, { service: "http://127.0.0.1:9" })),
          base: "/game/",
        };
        const { own, all } = await buildCode(config);
        expect(own).toContain("createSource");
        expect(own).toContain("assets/hero.png?v=");
        expect(DEV_WORDS.filter((word) => own.includes(word))).toEqual([]);
        expect(all).not.toMatch(/pixelkiln:change|__pixelkiln|__PIXELKILN_DEV__|stays as it was/);

        server = await preview({ ...config, preview: { host: "127.0.0.1", port: 0 } });
        const game = await pages.visit(server.resolvedUrls?.local[0] ?? "");
        await look(game.page).ready();
        await look(game.page).until([8, 8], "#ff0000");
        expect(await look(game.page).colors([[4, 52]])).toEqual(["#888888"]);
        expect(game.complaints).toEqual([]);
      } finally {
        await server?.close();
        await project?.remove();
      }
    },
  );
});

/** Builds, and gives what came of our package and the virtual module, and the whole bundle. */
async function buildCode(config: InlineConfig): Promise<{ own: string; all: string }> {
  const own: string[] = [];
  const all: string[] = [];
  const collect: Plugin = {
    name: "collect",
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        all.push(chunk.code);
        for (const [id, { code }] of Object.entries(chunk.modules))
          if (id.includes("@pixelkiln/web") || id.includes("virtual:pixelkiln")) own.push(code ?? "");
      }
    },
  };
  await build({ ...config, plugins: [config.plugins, collect] });
  return { own: own.join("\n"), all: all.join("\n") };
}
