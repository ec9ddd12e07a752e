#!/usr/bin/env node
// A package has the built program under dist/. A clone makes itself ready first: it installs the packages where they are
// missing and builds its sources where they changed. PIXELKILN_SOURCE=1 runs them unbuilt, through tsx.
import { existsSync, readFileSync } from "node:fs";

const at = (path) => new URL(`../${path}`, import.meta.url);
const source = at("service/cli/main.ts");
const isClone = existsSync(source);
const runsSource = isClone && process.env.PIXELKILN_SOURCE === "1";

if (isClone) {
  const { makeReady } = await import(at("scripts/ready.mjs").href);
  const showsStudio = ["serve", "watch"].includes(process.argv[2]);
  if (!makeReady({ program: !runsSource, studio: showsStudio })) process.exit(1);
}
if (runsSource) {
  const { register } = await import("tsx/esm/api");
  register();
  await import(source.href);
} else {
  const { folder } = JSON.parse(readFileSync(at("dist/service.json"), "utf8"));
  await import(at(`dist/${folder}/pixelkiln.js`).href);
}
