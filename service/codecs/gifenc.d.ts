/** gifenc is CommonJS without types: the part of it that we use. */
declare module "gifenc" {
  interface FrameOptions {
    /** RGB triples; needed for the first frame, whose palette is the whole file's. */
    palette?: number[][];
    /** ms; stored in hundredths of a second. */
    delay?: number;
    /** Times that the animation is repeated; 0 = for ever, -1 = never. */
    repeat?: number;
    transparent?: boolean;
    transparentIndex?: number;
    /** What happens to a frame before the next one: 1 it stays, 2 it is cleared. */
    dispose?: number;
  }
  interface Encoder {
    writeFrame(indexes: Uint8Array, width: number, height: number, options: FrameOptions): void;
    finish(): void;
    bytes(): Uint8Array;
  }
  export function GIFEncoder(): Encoder;
}
