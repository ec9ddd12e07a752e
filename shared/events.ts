import { z } from "zod";
import { JOB_STATES, JobProgress } from "./job.ts";

/** What happens in the service. Events are hints: the stored state is the truth. */
export const ServiceEvent = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("job.state"),
    job_id: z.string(),
    status: z.enum(JOB_STATES),
    asset_id: z.string().nullable(),
  }),
  z.object({ type: z.literal("job.progress"), job_id: z.string(), progress: JobProgress }),
  z.object({
    type: z.literal("asset.published"),
    asset_id: z.string(),
    kind: z.string(),
    rev: z.string(),
    files: z.array(z.string()),
  }),
  z.object({
    type: z.literal("project.changed"),
    dir: z.string().describe('Folder in the project: names separated by "/"; "" is its root'),
    name: z.string(),
    kind: z.string(),
    rev: z.string().describe("The asset's rev in the manifest of that folder; empty if it was removed"),
    files: z.array(z.string()).describe("Files of the asset, relative to the project"),
  }),
]);
export type ServiceEvent = z.infer<typeof ServiceEvent>;
