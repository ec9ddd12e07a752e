import { createClient } from "../../client/client.ts";
import type { ServiceDoor } from "./assets.ts";

/** A sprite that a game asks for. */
export interface Wish {
  key: string;
  prompt: string;
  /** In pixels. */
  width: number;
  height: number;
}

const POLL_MS = 500;

/**
 * Asks the service to draw a sprite into the project, and waits until it is done. The game learns about the files
 * from its asset source. The seed is derived from the key, so that the same request gives the same picture.
 * Rejects with the service's own message.
 */
export async function askForSprite({ url, folder }: ServiceDoor, wish: Wish): Promise<void> {
  const { key, ...request } = wish;
  const path = [...folder.split("/"), ...key.split("/")].filter((part) => part !== "");
  const name = path.pop();
  const output = { dir: path.join("/"), name, engine: ["phaser"] };
  const client = createClient({ url });
  const body = { ...request, seed: hash(key), async: true, output };
  const { job_id } = await client.postJson<{ job_id: string }>("/v1/sprites", body);
  for (;;) {
    const job = await client.getJson<JobState>(`/v1/jobs/${job_id}`);
    if (job.status === "succeeded") return;
    if (job.status === "failed" || job.status === "cancelled")
      throw new Error(job.error?.detail ?? `The job was ${job.status}.`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

interface JobState {
  status: string;
  error: { detail?: string } | null;
}

/** FNV-1a, 32 bit (Fowler, Noll, Vo 1991). */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193);
  return value >>> 0;
}
