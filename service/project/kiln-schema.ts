import { z } from "zod";
import { KilnOutput, NOT_IN_KILN_FILES } from "../../shared/kiln-file.ts";
import { KINDS } from "../kinds/table.ts";

/** Builds the JSON schema of kiln files from the request schemas, for editors that complete and check JSON. */
export function kilnJsonSchema(): Record<string, unknown> {
  const kinds = KINDS.map(({ id, request }) => {
    const fields = Object.entries(request.shape).filter(([name]) => !NOT_IN_KILN_FILES.includes(name));
    return z.strictObject({
      $schema: z.string().optional(),
      kind: z.literal(id),
      ...Object.fromEntries(fields),
      output: KilnOutput.optional(),
    });
  });
  return {
    ...z.toJSONSchema(z.union(kinds), { io: "input" }),
    title: "Kiln file: a Pixelkiln request kept in a game",
    description:
      'Pictures may be base64, or paths relative to this file: "base.png" or "file:base.png". ' +
      "Without a seed, it comes from the name of the file.",
  };
}
