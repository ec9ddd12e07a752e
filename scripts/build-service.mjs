// Builds the program (service/, shared/) into dist/: a folder of its own for each build, and dist/service.json, which
// names the folder and what it was built from. A service that runs goes on with its folder while a newer one is built.
//
//   node scripts/build-service.mjs [--alone]      exit code 0: built, or built before from the same sources
//
// --alone removes the folders of all other builds, for the package.
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { describeInputs, ROOT, readFreshRecord, writeRecord } from "./build-record.mjs";

const DIST = join(ROOT, "dist");
const RECORD = join(DIST, "service.json");
const ENTRIES = {
  pixelkiln: "service/cli/main.ts",
  process: "service/workers/process.ts",
  keeper: "service/generators/servers/keeper.mjs",
  "database-thread": "service/queue/database-thread.mjs",
};
/** Packages with machine code; all others become part of the program, which starts faster from few files. */
const NATIVE = /^(?:libsql|onnxruntime-node|sharp)(?:\/|$)/;
/** Builds that are kept for the services that still run them. */
const KEPT = 4;

/** The path of the built program, or null when there is none of these very sources. Needs no package. */
export function builtProgram() {
  const record = readFreshRecord(RECORD);
  const program = record && join(DIST, record.folder, "pixelkiln.js");
  return program && existsSync(program) ? program : null;
}

async function buildService({ alone }) {
  const { rolldown } = await import("rolldown");
  const started = Date.now();
  const bundle = await rolldown({
    cwd: ROOT,
    input: Object.fromEntries(Object.entries(ENTRIES).map(([name, path]) => [name, join(ROOT, path)])),
    platform: "node",
    external: (id) => id.startsWith("node:") || NATIVE.test(id),
    logLevel: "warn",
  });
  const { output } = await bundle.generate({
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "[name]-[hash].js",
    sourcemap: true,
  });
  await bundle.close();
  const modules = output
    .flatMap((file) => file.moduleIds ?? [])
    .map((id) => relative(ROOT, id).split(sep).join("/"));
  const files = output.map(({ fileName, code, source }) => ({ name: fileName, text: code ?? source }));
  files.push({ name: "licenses.txt", text: licensesOf(modules) });
  const own = modules.filter((path) => !path.includes("node_modules/") && existsSync(join(ROOT, path)));
  const others = ["package-lock.json", "scripts/build-service.mjs"];
  const inputs = describeInputs([...new Set([...own, ...others])].sort(), started);
  const folder = place(files);
  writeRecord(RECORD, { folder, inputs });
  tidy(folder, alone ? 0 : KEPT);
}

/** Puts a build under a name that its content decides, whole or not at all: two who build at once make the same folder. */
function place(files) {
  const hash = createHash("sha256");
  for (const { name, text } of files) hash.update(`${name}\0`).update(text);
  const folder = `service-${hash.digest("hex").slice(0, 16)}`;
  mkdirSync(DIST, { recursive: true });
  const temporary = mkdtempSync(join(DIST, "building-"));
  try {
    for (const { name, text } of files) writeFileSync(join(temporary, name), text);
    renameSync(temporary, join(DIST, folder));
  } catch (error) {
    if (!existsSync(join(DIST, folder))) throw error;
    rmSync(temporary, { recursive: true });
    utimesSync(join(DIST, folder), new Date(), new Date());
  }
  return folder;
}

/** Removes all builds but this one and the newest of the others; what is being built may be another's. */
function tidy(current, kept) {
  const age = (name) => Date.now() - statSync(join(DIST, name)).mtimeMs;
  const names = readdirSync(DIST).filter((name) => name !== current);
  const old = names.filter((name) => name.startsWith("service-")).sort((a, b) => age(a) - age(b));
  const left = names.filter((name) => name.startsWith("building-") && age(name) > 3_600_000);
  for (const name of [...old.slice(kept), ...left])
    rmSync(join(DIST, name), { recursive: true, force: true });
}

/** The licenses of the packages that became part of the program: they ask to stay with it. */
function licensesOf(modules) {
  const folders = modules.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []);
  return [...new Set(folders)].sort().map(licenseText).join("\n");
}

function licenseText(folder) {
  const name = readdirSync(join(ROOT, folder)).find((one) => /^licen[cs]e/i.test(one));
  if (!name) throw new Error(`Expected a license in ${folder}.`);
  return `${folder.replace(/^.*node_modules\//, "")}\n\n${readFileSync(join(ROOT, folder, name), "utf8")}`;
}

const isMain = process.argv[1] && pathToFileURL(realpathSync(process.argv[1])).href === import.meta.url;
if (isMain) {
  const alone = process.argv.includes("--alone");
  if (alone || builtProgram() === null) await buildService({ alone });
}
