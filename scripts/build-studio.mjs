// Builds the studio page (plugins/studio) into dist/studio: one script, one style sheet, nothing from elsewhere.
//
//   node scripts/build-studio.mjs      exit code 0: built, or built before from the same sources
import { existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describeInputs, ROOT, readFreshRecord, writeRecord } from "./build-record.mjs";

const SOURCES = "plugins/studio";
/** What the page is made of: itself, and the client of the service. */
const FOLDERS = [SOURCES, "plugins/client"];
const OUT = join(ROOT, "dist", "studio");
const FILES = ["studio.js", "studio.css"];
/** Written last. */
const RECORD = join(OUT, "studio.json");

/** Whether dist/studio holds the bundle of these very sources. Needs no package. */
export function isStudioBuilt() {
  return readFreshRecord(RECORD) !== null && FILES.every((name) => existsSync(join(OUT, name)));
}

function sourceFiles() {
  return FOLDERS.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(tsx?|css)$/.test(name))
      .map((name) => `${folder}/${name.replaceAll("\\", "/")}`),
  ).sort();
}

async function buildStudio() {
  const started = Date.now();
  mkdirSync(OUT, { recursive: true });
  // Two who build at once must not empty each other's folder.
  const temporary = mkdtempSync(join(ROOT, "dist", "building-"));
  try {
    await bundleInto(temporary);
    for (const name of FILES) renameSync(join(temporary, name), join(OUT, name));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  writeRecord(RECORD, { inputs: describeInputs([...sourceFiles(), "scripts/build-studio.mjs"], started) });
}

async function bundleInto(outDir) {
  const { build } = await import("vite");
  await build({
    configFile: false,
    root: join(ROOT, SOURCES),
    logLevel: "warn",
    publicDir: false,
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      outDir,
      emptyOutDir: true,
      target: "es2022",
      cssTarget: ["chrome123", "firefox120", "safari17.5"],
      cssCodeSplit: false,
      modulePreload: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: join(ROOT, SOURCES, "main.tsx"),
        output: { entryFileNames: "studio.js", assetFileNames: "studio[extname]", codeSplitting: false },
      },
    },
  });
}

const isMain = process.argv[1] && pathToFileURL(realpathSync(process.argv[1])).href === import.meta.url;
if (isMain && !isStudioBuilt()) await buildStudio();
