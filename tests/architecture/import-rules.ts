import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path/posix";

/** A source file of the repository: its path from the root and its text. */
export interface Module {
  path: string;
  text: string;
}

export interface Violation {
  from: string;
  to: string;
  why: string;
}

interface Rule {
  /** Folder or file the rule speaks of. */
  from: string;
  /** Prefixes of repository paths that may be imported; a leading "type:" allows `import type` only. */
  files: string[];
  /** Packages that may be imported. "node" stands for every node: module. */
  packages: string[];
}

const CONTRACTS = ["type:service/models/pixel-model.ts", "type:service/recipes/plan.ts"];

/** Pure word lists, which both the model process and the recipes read. */
const PROMPT_WORDS = ["service/models/prompt-words.ts", "service/models/color-words.ts"];

/** docs/architecture.md, "Who may import whom". The first rule whose `from` is a prefix applies. */
export const RULES: Rule[] = [
  { from: "shared/", files: ["shared/"], packages: ["zod"] },
  { from: "service/pixel/", files: ["service/pixel/", "shared/", ...CONTRACTS], packages: [] },
  {
    from: "service/motion/",
    files: ["service/motion/", "service/pixel/", "shared/", ...PROMPT_WORDS],
    packages: ["zod"],
  },
  { from: "service/terrain/", files: ["service/terrain/", "service/pixel/", "shared/"], packages: [] },
  {
    from: "service/recipes/",
    files: [
      "service/recipes/",
      "service/terrain/",
      "service/motion/",
      ...PROMPT_WORDS,
      "service/pixel/",
      "shared/",
      ...CONTRACTS,
    ],
    packages: [],
  },
  {
    from: "service/asset/",
    files: ["service/asset/", "service/pixel/", "shared/", ...CONTRACTS],
    packages: [],
  },
  {
    from: "service/writers/",
    files: ["service/writers/", "service/pixel/", "shared/", "service/asset/asset-package.ts"],
    packages: [],
  },
  {
    from: "service/codecs/",
    files: ["service/codecs/", "shared/", "service/pixel/"],
    packages: ["node", "sharp", "gifenc"],
  },
  {
    from: "service/library/",
    files: ["service/library/", "shared/"],
    packages: ["node", "zod", "chokidar"],
  },
  {
    from: "service/project/",
    files: ["service/project/", "service/library/", "service/jobs/job-id.ts", "shared/"],
    packages: ["node", "zod"],
  },
  { from: "service/events/", files: ["service/events/", "shared/"], packages: ["node"] },
  {
    from: "service/models/",
    files: [
      "service/models/",
      "service/pixel/",
      "service/codecs/",
      "shared/",
      "type:service/recipes/plan.ts",
    ],
    packages: ["node", "zod", "onnxruntime-node", "onnxruntime-common", "@huggingface/tokenizers"],
  },
  {
    from: "service/jobs/",
    files: [
      "service/jobs/",
      "service/terrain/",
      "service/recipes/",
      "service/motion/",
      "service/pixel/",
      "service/asset/",
      "service/writers/",
      "service/codecs/",
      "service/library/",
      "service/events/",
      "shared/",
      "type:service/models/",
      "service/models/errors.ts",
    ],
    packages: ["node", "libsql", "zod"],
  },
  {
    from: "service/http/",
    files: ["service/http/", "shared/", "type:service/"],
    packages: ["node", "hono", "@hono/node-server", "zod"],
  },
  // The web package goes into games without this repository: it imports nothing of it, not even shared/.
  {
    from: "plugins/web/src/vite/",
    files: ["plugins/web/src/"],
    packages: ["node", "vite", "@pixelkiln/web"],
  },
  { from: "plugins/web/src/pixi/", files: ["plugins/web/src/"], packages: ["pixi.js"] },
  { from: "plugins/web/", files: ["plugins/web/src/"], packages: ["@pixelkiln/web"] },
  {
    from: "plugins/studio/",
    files: ["plugins/studio/", "type:shared/"],
    packages: ["preact"],
  },
  { from: "plugins/", files: ["plugins/", "shared/"], packages: [] },
];

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/g;

/** Every module of the folders of the repository that are there, tests left out. */
export function readModules(root: string, folders: string[]): Module[] {
  const present = folders.filter((folder) => existsSync(join(root, folder)));
  return present.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .map((name) => join(folder, name))
      .filter((path) => /\.tsx?$/.test(path) && !/(^|\/)(node_modules|dist)\//.test(path))
      .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") })),
  );
}

function imports(module: Module): { target: string; typeOnly: boolean; isPackage: boolean }[] {
  return [...module.text.matchAll(IMPORT)].map((match) => {
    const specifier = match[2] ?? match[3] ?? "";
    const relative = specifier.startsWith(".");
    return {
      target: relative ? normalize(join(dirname(module.path), specifier)) : specifier,
      typeOnly: match[1] !== undefined,
      isPackage: !relative,
    };
  });
}

function packageName(specifier: string): string {
  if (specifier.startsWith("node:")) return "node";
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** Checks every import of every module against RULES. `looked` counts the modules a rule applied to. */
export function findViolations(modules: Module[]): { looked: number; violations: Violation[] } {
  const violations: Violation[] = [];
  let looked = 0;
  for (const module of modules) {
    const rule = RULES.find((r) => module.path.startsWith(r.from));
    if (!rule) continue;
    looked++;
    for (const { target, typeOnly, isPackage } of imports(module)) {
      const allowed = isPackage
        ? rule.packages.includes(packageName(target))
        : rule.files.some((f) =>
            f.startsWith("type:") ? typeOnly && target.startsWith(f.slice(5)) : target.startsWith(f),
          );
      if (!allowed) violations.push({ from: module.path, to: target, why: `${rule.from} may not import it` });
    }
  }
  return { looked, violations };
}
