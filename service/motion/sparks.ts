import type { PixelImage } from "../pixel/image.ts";
import { toOklab } from "../pixel/oklab.ts";
import { colorAt, setColor } from "../pixel/parse-hex.ts";
import { seededRandom } from "../pixel/random.ts";
import type { Still } from "./still.ts";

const SPARKS = 7;

/**
 * Draws sparks that rise around a still while it casts a spell, in its two lightest colors, on empty pixels.
 * None at moments 0 and 1.
 */
export function drawSparks(
  frame: PixelImage,
  { image, box }: Still,
  moment: number,
  seed: number,
): PixelImage {
  if (moment <= 0 || moment >= 1) return frame;
  const random = seededRandom(seed);
  const colors = lightest(image);
  const data = frame.data.slice();
  for (let i = 0; i < SPARKS; i++) {
    const side = i % 2 === 0 ? -1 : 1;
    const reach = box.width / 2 + 1 + Math.floor(random() * 3);
    const start = random();
    const risen = (moment * 1.4 + start) % 1;
    const x = Math.round(box.x + box.width / 2 + side * reach);
    const y = Math.round(box.y + box.height * (0.95 - 0.95 * risen));
    if (Math.sin(Math.PI * moment) < start * 0.7) continue;
    if (x < 0 || y < 0 || x >= frame.width || y >= frame.height) continue;
    const offset = 4 * (y * frame.width + x);
    if (data[offset + 3] !== 0) continue;
    setColor(data, offset, colors[i % colors.length]!);
    data[offset + 3] = 255;
  }
  return { width: frame.width, height: frame.height, data };
}

function lightest({ data }: PixelImage): number[] {
  const colors = new Set<number>();
  for (let i = 0; i < data.length; i += 4) if (data[i + 3] !== 0) colors.add(colorAt(data, i));
  return [...colors].sort((one, other) => toOklab(other).l - toOklab(one).l).slice(0, 2);
}
