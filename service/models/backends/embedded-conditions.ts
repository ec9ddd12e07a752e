import type { ModelFile } from "../model-file.ts";
import type { ModelRequest } from "../pixel-model.ts";
import type { TextStates } from "../text-encoder.ts";
import type { Conditions } from "./embedded-networks.ts";

/**
 * Turns a request into what steers the generator. `texts` are one (no guidance) or two: the prompt
 * and what it is guided away from; the shorter one is padded with empty tokens. Both halves keep
 * kind, source, colour count and box, so guidance turns the text only.
 */
export function conditionsOf(request: ModelRequest, config: ModelFile, texts: TextStates[]): Conditions {
  const batch = texts.length;
  const tokens = Math.max(1, ...texts.map(({ length }) => length));
  const { width } = config.text;
  const text = new Float32Array(batch * tokens * width);
  const mask = new Float32Array(batch * tokens);
  for (const [b, { states, length }] of texts.entries()) {
    text.set(states, b * tokens * width);
    mask.fill(1, b * tokens, b * tokens + length);
  }
  return {
    batch,
    text,
    mask,
    tokens,
    kind: indexOrUnknown(config.kinds, request.kind),
    source: indexOrUnknown(config.sources, request.look ?? config.defaults.source ?? "unknown"),
    colors: colorBucket(config.colorBuckets, request.colorCount),
    bounds: boundsField(request),
    wrap: { x: request.wrapX, y: request.wrapY },
  };
}

function indexOrUnknown(names: string[], name: string): number {
  const index = names.indexOf(name);
  return index >= 0 ? index : names.indexOf("unknown");
}

/** Index of the first bucket that holds so many colours; one past the last means "not said". */
function colorBucket(buckets: number[], count: number | null): number {
  if (count === null) return buckets.length;
  const index = buckets.findIndex((limit) => count <= limit);
  return index >= 0 ? index : buckets.length - 1;
}

function boundsField({ bounds, width, height }: ModelRequest): number[] {
  if (bounds === null) return [0, 0, 0, 0, 0];
  const x = (value: number) => (2 * value) / width - 1;
  const y = (value: number) => (2 * value) / height - 1;
  return [x(bounds.x), y(bounds.y), x(bounds.x + bounds.width), y(bounds.y + bounds.height), 1];
}
