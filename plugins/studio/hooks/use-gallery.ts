import { useState } from "preact/hooks";
import { type LoadedAsset, loadAsset } from "../api/assets.ts";
import type { Pixels } from "../pure/pixels.ts";

/** A picture that was put aside to be compared. */
export interface Pin {
  key: string;
  assetId: string;
  index: number;
  pixels: Pixels;
  seed: number | null;
  title: string;
}

/** Ways to look at an asset. */
export const VIEWS = ["grid", "single", "tile", "terrain", "play", "compare"] as const;
export type View = (typeof VIEWS)[number];

export interface Gallery {
  asset: LoadedAsset | null;
  /** Index of the chosen image. */
  selected: number;
  view: View;
  pins: readonly Pin[];
  open(id: string): Promise<LoadedAsset>;
  select(index: number): void;
  show(view: View): void;
  /** Puts the chosen image aside, or back. */
  togglePin(): void;
  unpin(key: string): void;
}

/** What is looked at: one asset, one image of it, one view, and the images put aside. */
export function useGallery(): Gallery {
  const [asset, setAsset] = useState<LoadedAsset | null>(null);
  const [selected, setSelected] = useState(0);
  const [view, setView] = useState<View>("grid");
  const [pins, setPins] = useState<readonly Pin[]>([]);
  return {
    asset,
    selected,
    view,
    pins,
    async open(id) {
      const loaded = await loadAsset(id);
      setAsset(loaded);
      setSelected(0);
      setView((before) => firstView(loaded, before));
      return loaded;
    },
    select: setSelected,
    show: setView,
    togglePin: () => {
      const pin = asset && pinOf(asset, selected);
      if (!pin) return;
      setPins((before) =>
        before.some(({ key }) => key === pin.key)
          ? before.filter(({ key }) => key !== pin.key)
          : [...before, pin],
      );
    },
    unpin: (key) => setPins((before) => before.filter((pin) => pin.key !== key)),
  };
}

/** The views that make sense for an asset, in the order of their keys. */
export function viewsOf(asset: LoadedAsset | null): View[] {
  const manifest = asset?.manifest;
  return VIEWS.filter((view) => {
    if (view === "terrain") return manifest?.tileset !== undefined;
    if (view === "play") return (asset?.frames?.length ?? 0) > 1;
    if (view === "tile") return manifest?.kind === "sprite" || manifest?.kind === "tile";
    return true;
  });
}

function firstView(asset: LoadedAsset, before: View): View {
  const { kind } = asset.manifest;
  if (kind === "tileset") return "terrain";
  if (asset.frames) return "play";
  if (kind === "tile") return asset.images.length > 1 ? "grid" : "tile";
  if (before === "single" || before === "tile") return before;
  return "grid";
}

function pinOf({ manifest, images }: LoadedAsset, index: number): Pin | null {
  const pixels = images[index];
  if (!pixels) return null;
  const seed = manifest.images[index]?.seed ?? manifest.provenance.seed;
  return { key: `${manifest.id}/${index}`, assetId: manifest.id, index, pixels, seed, title: manifest.name };
}
