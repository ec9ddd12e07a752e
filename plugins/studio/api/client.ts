import { createClient } from "../../client/client.ts";

let token: string | null = null;

/**
 * Takes the token of a fragment (`#token=...`), which browsers never send, and keeps it in this tab. Returns the
 * fragment without it.
 */
export function adoptToken(fragment: string): string {
  const hash = new URLSearchParams(fragment.replace(/^#/, ""));
  const given = hash.get("token");
  if (given !== null) sessionStorage.setItem("pixelkiln-token", given);
  token = sessionStorage.getItem("pixelkiln-token");
  hash.delete("token");
  return hash.toString();
}

/** The service that the page came from. */
export const service = createClient({ url: "", token: () => token });
export const { call, getJson, postJson } = service;

/** Gives a file of the service to the person, under its name. */
export async function download(path: string, name: string): Promise<void> {
  saveBlob(await (await call(path)).blob(), name);
}

/** Hands bytes to the browser's download. */
export function saveBlob(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
