#!/usr/bin/env node
// A package has the built program under dist/. A clone makes itself ready first: it installs the packages where they are
// missing and builds its sources where they changed. PIXELKILN_SOURCE=1 runs them unbuilt, through tsx.
import { existsSync, readFileSync } from "node:fs";
import { setFlagsFromString } from "node:v8";

const at = (path) => new URL(`../${path}`, import.meta.url);
const source = at("service/cli/main.ts");
const isClone = existsSync(source);
const runsSource = isClone && process.env.PIXELKILN_SOURCE === "1";

const isService = ["serve", "watch"].includes(process.argv[2]);
// A service runs for days and makes little garbage: its nursery may stay as small as it starts, which saves 11 MB.
if (isService) setFlagsFromString("--semi-space-growth-factor=1");

if (isClone) {
  const { makeReady } = await import(at("scripts/ready.mjs").href);
  if (!makeReady({ program: !runsSource, studio: isService })) process.exit(1);
}
if (runsSource) {
  const { register } = await import("tsx/esm/api");
  register();
  await import(source.href);
} else {
  const { folder } = JSON.parse(readFileSync(at("dist/service.json"), "utf8"));
  await import(at(`dist/${folder}/pixelkiln.js`).href);
}
