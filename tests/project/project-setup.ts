import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import { type OpenedProject, openProject } from "../../service/cli/open-project.ts";
import { packageInfo } from "../../service/package-info.ts";
import {
  type BuildReport,
  type BuildSummary,
  buildKilnHeads,
} from "../../service/project/build-kiln-heads.ts";
import type { KilnOrder } from "../../service/project/kiln-file.ts";
import type { KilnMaker } from "../../service/project/kiln-maker.ts";
import { readKilnSet } from "../../service/project/kiln-set.ts";

/** A game in its own folder, which is removed after the test. */
export interface TestGame {
  dir: string;
  at: (path: string) => string;
  write: (path: string, content: unknown) => void;
  text: (path: string) => string;
  open: (folder?: string) => Promise<OpenedProject>;
}

/** Makes an empty game. Objects are written as JSON. */
export function makeGame(): TestGame {
  const dir = realpathSync(mkdtempSync(join(tmpdir(), "pixelkiln-project-")));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true, maxRetries: 3 }));
  const at = (path: string): string => join(dir, path);
  return {
    dir,
    at,
    write(path, content) {
      mkdirSync(dirname(at(path)), { recursive: true });
      const isRaw = typeof content === "string" || content instanceof Uint8Array;
      writeFileSync(at(path), isRaw ? content : JSON.stringify(content, null, 2));
    },
    text: (path) => readFileSync(at(path), "utf8"),
    open: (folder = ".") => openProject(folder, dir),
  };
}

/** Draws in these tests: makes text from everything that decides an order, at once and without a model. */
export interface TextMaker extends KilnMaker {
  made: string[];
  /** Waits before it returns, unless the work is aborted. */
  pauseMs: number;
  facts: KilnMaker["facts"];
}

/** Makes such a maker. With `model: null`, no model draws its pictures. */
export function textMaker({ model = true } = {}): TextMaker {
  const facts = { version: packageInfo().version, models: [{ id: "ember", sha256: "e".repeat(64) }] };
  const maker: TextMaker = {
    facts,
    made: [],
    pauseMs: 0,
    async make(order, { signal }) {
      if (maker.pauseMs > 0) await pause(maker.pauseMs, signal);
      maker.made.push(order.shown);
      const text = describe(order);
      const [chosen = null] = facts.models;
      return {
        files: [
          { path: `${order.name}.png.import`, bytes: Buffer.from("import settings") },
          { path: `${order.name}.png`, bytes: Buffer.from(`png ${text}`) },
          { path: `${order.name}.json`, bytes: Buffer.from(`json ${text}`) },
        ],
        manifest: {
          kind: order.kind,
          request: { ...order.fields },
          warnings: [],
          ignored_parameters: [],
          provenance: {
            generator: `pixelkiln ${facts.version}`,
            model:
              model && chosen ? { ...chosen, license: "CC0-1.0", training_data_licenses: ["CC0-1.0"] } : null,
            execution_provider: null,
            prompt: null,
            seed: null,
            exemplars: [],
          },
        },
      };
    },
    close: async () => {},
  };
  return maker;
}

const describe = ({ fields, engines, gameFolder }: KilnOrder): string =>
  JSON.stringify({ fields, engines, gameFolder });

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

export interface BuildResult {
  summary: BuildSummary;
  /** Kiln file -> what is wrong with it. */
  failed: Record<string, string>;
  made: string[];
}

/** Builds a game like `pixelkiln build`. */
export async function build(
  game: TestGame,
  maker: TextMaker,
  options: { force?: boolean; all?: boolean; folder?: string } = {},
): Promise<BuildResult> {
  const project = await game.open(options.folder);
  const set = await readKilnSet(project.asked, project);
  const failed: Record<string, string> = Object.fromEntries(
    set.broken.map(({ shown, error }) => [shown, error.message]),
  );
  maker.made = [];
  const report = (one: BuildReport): void => {
    if (one.type === "failed") failed[one.shown] = one.error.message;
  };
  const { signal } = new AbortController();
  const summary = await buildKilnHeads(set.heads, () => true, { project, maker, signal, report, ...options });
  return { summary, failed, made: maker.made };
}
