// Builds the studio page (plugins/studio) into dist/studio: one script, one style sheet, nothing from elsewhere.
//
//   node scripts/build-studio.mjs      exit code 0: built, or built before from the same sources
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SOURCES = join(ROOT, "plugins", "studio");
const OUT = join(ROOT, "dist", "studio");
/** Holds the hash of the sources whose bundle is in place. Written last. */
const STAMP = join(OUT, "sources.sha256");

/** Whether dist/studio holds the bundle of these very sources. Needs no package. */
export function isStudioBuilt() {
  return existsSync(STAMP) && readFileSync(STAMP, "utf8") === hashSources();
}

/** A hash, not times: a checkout of an older commit is newer on the disk. */
function hashSources() {
  const hash = createHash("sha256");
  const names = readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(tsx?|css)$/.test(name))
    .sort();
  const files = [...names.map((name) => join(SOURCES, name)), fileURLToPath(import.meta.url)];
  for (const file of files) hash.update(`${file.slice(ROOT.length)}\0`).update(readFileSync(file));
  return hash.digest("hex");
}

async function buildStudio() {
  const { build } = await import("vite");
  const hash = hashSources();
  await build({
    configFile: false,
    root: SOURCES,
    logLevel: "warn",
    publicDir: false,
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      outDir: OUT,
      emptyOutDir: true,
      target: "es2022",
      cssTarget: ["chrome123", "firefox120", "safari17.5"],
      cssCodeSplit: false,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: join(SOURCES, "main.tsx"),
        output: { entryFileNames: "studio.js", assetFileNames: "studio[extname]", codeSplitting: false },
      },
    },
  });
  writeFileSync(STAMP, hash);
}

const isMain = process.argv[1] && pathToFileURL(realpathSync(process.argv[1])).href === import.meta.url;
if (isMain && !isStudioBuilt()) {
  const started = performance.now();
  await buildStudio();
  process.stderr.write(
    `pixelkiln: the studio page is built (${Math.round(performance.now() - started)} ms).\n`,
  );
}
