/**
 * Loads a picture as an element, ready to be drawn. Never as an ImageBitmap: WebGL would not turn that over.
 * Rejects for a broken or half-written file.
 */
export async function fetchImage(url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.crossOrigin = "anonymous";
  image.src = url;
  await image.decode();
  return image;
}

/** Loads JSON. Rejects for an answer that is none. */
export async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}.`);
  return response.json();
}
