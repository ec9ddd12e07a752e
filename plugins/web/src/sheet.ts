/** The parts of a sheet's Aseprite JSON that a game needs. */
export interface Sheet {
  width: number;
  height: number;
  frames: SheetFrame[];
  tags: SheetTag[];
  /** Pivot of the first frame as shares of its size, or null. */
  pivot: { x: number; y: number } | null;
}

export interface SheetFrame {
  x: number;
  y: number;
  width: number;
  height: number;
  durationMs: number;
}

/** A tag in playing order. */
export interface SheetTag {
  name: string;
  /** Indices of frames. */
  order: number[];
  /** Plays back the same way, without repeating the ends. */
  pingPong: boolean;
  /** How often it plays; 0 = forever. */
  times: number;
}

interface Size {
  w: number;
  h: number;
}

interface AsepriteJson {
  frames: { frame: Size & { x: number; y: number }; duration?: number }[];
  meta: {
    size: Size;
    frameTags?: { name: string; from: number; to: number; direction?: string; repeat?: string | number }[];
    slices?: { name: string; keys: { bounds: Size; pivot?: { x: number; y: number } }[] }[];
  };
}

const DEFAULT_MS = 100;

/** Reads Aseprite JSON in the array form that Pixelkiln writes. Throws an Error for anything else. */
export function readSheet(json: unknown): Sheet {
  if (!isAsepriteJson(json)) throw new Error("This is not Aseprite JSON in array form.");
  const { frames, meta } = json;
  const key = meta.slices?.find((slice) => slice.name === "pivot")?.keys[0];
  return {
    width: meta.size.w,
    height: meta.size.h,
    frames: frames.map(({ frame: { x, y, w, h }, duration = DEFAULT_MS }) => {
      return { x, y, width: w, height: h, durationMs: duration };
    }),
    tags: (meta.frameTags ?? []).map(({ name, from, to, direction = "forward", repeat = 0 }) => {
      const order = Array.from({ length: to - from + 1 }, (_, i) => from + i);
      const backwards = direction === "reverse" || direction === "pingpong_reverse";
      return {
        name,
        order: backwards ? order.reverse() : order,
        pingPong: direction.startsWith("pingpong"),
        times: Number(repeat),
      };
    }),
    pivot: key?.pivot ? { x: key.pivot.x / key.bounds.w, y: key.pivot.y / key.bounds.h } : null,
  };
}

function isAsepriteJson(json: unknown): json is AsepriteJson {
  const { frames, meta } = (json ?? {}) as Partial<AsepriteJson>;
  return Array.isArray(frames) && frames.every((one) => one?.frame) && meta?.size !== undefined;
}
