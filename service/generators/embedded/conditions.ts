import { parseHex } from "../../pixel/parse-hex.ts";
import type { PictureRequest } from "../generator.ts";
import type { EmbeddedConfig } from "./embedded-config.ts";
import { lookOf } from "./look.ts";
import type { Conditions, Given } from "./networks.ts";
import type { TextStates } from "./text-encoder.ts";

/** Most colors that the network is told: it learned from up to 32 at once. */
const MOST_COLORS = 32;

/** What a drawing is told beside the fields of its request. */
export interface Told {
  /** One text (no guidance) or two: the prompt and what it is guided away from. */
  texts: TextStates[];
  given: Given | null;
}

/**
 * Turns a request into what steers the generator. The shorter one of two texts is padded with empty tokens.
 * Both halves keep kind, source, number of colors, box and what is given: guidance turns text and palette, the
 * second half has neither.
 */
export function conditionsOf(
  request: PictureRequest,
  config: EmbeddedConfig,
  { texts, given }: Told,
): Conditions {
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
    source: indexOrUnknown(config.sources, lookOf(request) ?? config.defaults.source ?? "unknown"),
    colors: colorBucket(config.colorBuckets, request.colorCount),
    bounds: boundsField(request),
    palette: paletteField(request.palette ?? []),
    given,
    wrap: { x: request.wrapX, y: request.wrapY },
  };
}

function indexOrUnknown(names: string[], name: string): number {
  const index = names.indexOf(name);
  return index >= 0 ? index : names.indexOf("unknown");
}

/** Index of the first bucket that holds so many colors; one past the last means "not said". */
function colorBucket(buckets: number[], count: number | null): number {
  if (count === null) return buckets.length;
  const index = buckets.findIndex((limit) => count <= limit);
  return index >= 0 ? index : buckets.length - 1;
}

function boundsField({ bounds, width, height }: PictureRequest): number[] {
  if (bounds === null) return [0, 0, 0, 0, 0];
  const x = (value: number) => (2 * value) / width - 1;
  const y = (value: number) => (2 * value) / height - 1;
  return [x(bounds.x), y(bounds.y), x(bounds.x + bounds.width), y(bounds.y + bounds.height), 1];
}

/** A palette that is too long for the network is no help to it: the passes hold the picture to it all the same. */
function paletteField(palette: readonly string[]): Float32Array {
  if (palette.length > MOST_COLORS) return new Float32Array(0);
  const channels = (color: number) => [color >> 16, (color >> 8) & 255, color & 255];
  return Float32Array.from(palette.flatMap((hex) => channels(parseHex(hex)).map((value) => value / 255)));
}
