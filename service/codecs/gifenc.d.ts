/** gifenc is CommonJS without types: these cover the part we use. */
declare module "gifenc" {
  interface FrameOptions {
    /** RGB triples; required for the first frame, whose palette is the global one. */
    palette?: number[][];
    /** In ms; stored in hundredths of a second. */
    delay?: number;
    /** How often the animation repeats; 0 = forever, -1 = never. */
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
