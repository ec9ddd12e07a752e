#!/usr/bin/env node
// The published package has JavaScript under dist/; a clone runs its TypeScript through tsx.
import { existsSync } from "node:fs";

const built = new URL("../dist/service/cli/main.js", import.meta.url);
if (existsSync(built)) {
  await import(built.href);
} else {
  const { register } = await import("tsx/esm/api");
  register();
  await import(new URL("../service/cli/main.ts", import.meta.url).href);
}
