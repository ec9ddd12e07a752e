// A script, not a module: only so can it declare a module that no file has.
declare module "virtual:pixelkiln/assets" {
  /** The project's art, as engine plugins take it. */
  export const kiln: import("@pixelkiln/web").AssetSource;
}
