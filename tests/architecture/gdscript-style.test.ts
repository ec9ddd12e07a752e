import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const ADDON = fileURLToPath(new URL("../../plugins/godot/addons/pixelkiln", import.meta.url));
const LONGEST_LINE = 100;
const LONGEST_FILE = 400;

const scripts = readdirSync(ADDON, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".gd"))
  .sort();

/** Godot's GDScript style guide, as far as text can tell, and what keeps an addon out of its host's way. */
function faultsOf(text: string): string[] {
  const lines = text.split("\n");
  const faults: string[] = [];
  const check = (isBad: boolean, fault: string) => isBad && faults.push(fault);
  check(text.includes("\r"), "line ends other than LF");
  check(!text.endsWith("\n") || text.endsWith("\n\n"), "no single line end at the end");
  check(lines.length > LONGEST_FILE, "too long");
  check(!text.startsWith("@tool\nextends "), "does not begin with @tool and extends");
  check(!/^extends .*\n## \S/m.test(text), "no doc comment behind extends");
  for (const [i, line] of lines.entries()) {
    const at = (fault: string) => `${i + 1}: ${fault}`;
    check(/^ +\S/.test(line) || /^\t* +\t/.test(line), at("indented with spaces"));
    check(/[ \t]$/.test(line), at("space at the end"));
    check(line.length > LONGEST_LINE, at("too wide"));
    check(/^class_name /.test(line), at("class_name: a global name of ours in the game"));
    check(
      /\bload\("(?!res:\/\/\S+"\))/.test(line) && !/preload\(/.test(line),
      at("load of a script: preload it"),
    );
    check(/^\s*(static )?func .*\)\s*:$/.test(line), at("function without a return type"));
    check(
      /^\s*(static )?func \w+\([^)]*\b\w+(,|\))/.test(line) && !allTyped(line),
      at("parameter without a type"),
    );
    check(/^\s*(static )?(var|const) \w+ *=(?!=)/.test(line), at("variable without a type"));
  }
  return faults;
}

function allTyped(line: string): boolean {
  const parameters = /\(([^)]*)\)/.exec(line)?.[1] ?? "";
  return parameters
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "")
    .every((one) => one.includes(":"));
}

describe("The GDScript of the addon", () => {
  test("is there", () => expect(scripts.length).toBeGreaterThan(15));

  test.each(scripts)("%s keeps the style guide", (name) => {
    expect(faultsOf(readFileSync(join(ADDON, name), "utf8"))).toEqual([]);
  });

  test("the check finds what it is there for", () => {
    const bad = "@tool\nextends Node\n## Says.\nclass_name Bad\nvar a = 1\nfunc go(x):\n    pass\n";
    expect(faultsOf(bad)).toEqual([
      "4: class_name: a global name of ours in the game",
      "5: variable without a type",
      "6: function without a return type",
      "6: parameter without a type",
      "7: indented with spaces",
    ]);
  });

  test("what is set up is taken down: each _setup_ has its _remove_", () => {
    for (const name of scripts) {
      const text = readFileSync(join(ADDON, name), "utf8");
      const named = (prefix: string) =>
        [...text.matchAll(new RegExp(`func ${prefix}(\\w+)`, "g"))].map((m) => m[1]);
      expect(named("_remove_"), name).toEqual(named("_setup_"));
    }
  });
});
