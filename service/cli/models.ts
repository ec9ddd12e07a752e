import { invalidParameter } from "../../shared/errors.ts";
import type { CliCommand } from "./command.ts";
import { openWorkers } from "./local-workers.ts";
import { columns, readArguments } from "./usage.ts";

/** `pixelkiln models`. */
export const modelsCommand: CliCommand = {
  help: () => `pixelkiln models [list] [--json]

Lists the installed models and their licenses. A model is a folder with a model.json: inside a folder that
PIXELKILN_MODELS names, or among those that ship with the program.`,
  async run(context) {
    const { values, positionals } = readArguments(context.args, { json: { type: "boolean" } }, { most: 1 });
    if (positionals[0] !== undefined && positionals[0] !== "list")
      throw invalidParameter("models", positionals[0], "list");
    const workers = await openWorkers(context, { least: "warn" });
    const models = workers.catalog().map((entry) => entry.info);
    await workers.close();
    if (values.json === true) {
      context.stdout.write(`${JSON.stringify({ models })}\n`);
      return 0;
    }
    for (const [i, model] of models.entries()) {
      const rows = [
        ["title", `${model.title}${i === 0 ? " (default)" : ""}`],
        ["sizes", model.sizes.map((size) => `${size}x${size}`).join(", ")],
        ["megabytes", (model.bytes / 1e6).toFixed(1)],
        ["weights", model.weightsLicense ?? "license unknown"],
        ["trained on", model.trainingDataLicenses.join(", ")],
        ["controls", model.controls.join(", ")],
        ["sha256", model.sha256],
      ] as const;
      context.stdout.write(`${model.id}\n${columns(rows)}\n`);
    }
    if (models.length === 0) context.stderr.write("There is no model: pixelkiln doctor says what to do.\n");
    return models.length === 0 ? 1 : 0;
  },
};
