import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { modelFolder } from "./generator-fixture.ts";

/** Adds a model to a folder of models whose model.json is in order and whose files are not. */
export async function addBrokenModel(models: string, id: string): Promise<void> {
  const file = JSON.parse(await readFile(join(modelFolder, "model.json"), "utf8")) as {
    files: Record<string, string>;
  };
  for (const name of Object.values(file.files)) {
    await mkdir(dirname(join(models, id, name)), { recursive: true });
    await writeFile(join(models, id, name), "short");
  }
  await writeFile(join(models, id, "model.json"), JSON.stringify({ ...file, id }));
}
