import type { Gallery, View } from "../hooks/use-gallery.ts";
import { viewsOf } from "../hooks/use-gallery.ts";
import type { Kind } from "../pure/kind.ts";
import { AnimationPlayer } from "./animation-player.tsx";
import { CompareView } from "./compare-view.tsx";
import { ResultGrid } from "./result-grid.tsx";
import { SingleView } from "./single-view.tsx";
import { TerrainPainter } from "./terrain-painter.tsx";
import { TilePreview } from "./tile-preview.tsx";
import { type Example, Welcome } from "./welcome.tsx";

export const VIEW_NAMES: Readonly<Record<View, string>> = {
  grid: "Grid",
  single: "Pixels",
  tile: "Tiled",
  terrain: "Terrain",
  play: "Play",
  compare: "Compare",
};

export interface StageProps {
  gallery: Gallery;
  /** Progress of the job that is waited for, 0 to 1; null = none. */
  share: number | null;
  kind: Kind;
  onExample: (values: Example) => void;
}

/** The middle: the asset that is looked at, in one of its views. */
export function Stage({ gallery, share, kind, onExample }: StageProps) {
  const { asset, view, pins } = gallery;
  const views = viewsOf(asset);
  const shown = views.includes(view) ? view : "grid";
  return (
    <section class="stage" aria-label="Result" aria-busy={share !== null}>
      <div class="stage-bar">
        <div role="tablist" aria-label="View" class="tabs">
          {views.map((one) => (
            <button
              key={one}
              type="button"
              role="tab"
              id={`view-${one}`}
              aria-selected={one === shown}
              aria-controls="stage-view"
              onClick={() => gallery.show(one)}
            >
              {VIEW_NAMES[one]}
              {one === "compare" && pins.length > 0 ? ` ${pins.length}` : ""}
            </button>
          ))}
        </div>
        {asset && (
          <span class="stage-title">
            {asset.manifest.name} <small>{sizeOf(gallery)}</small>
          </span>
        )}
      </div>
      <progress class="bar" max={1} value={share ?? 0} aria-label="Progress" data-idle={share === null} />
      <div id="stage-view" role="tabpanel" aria-labelledby={`view-${shown}`} class="view">
        <StageView view={shown} {...{ gallery, kind, onExample }} />
      </div>
    </section>
  );
}

function StageView({ view, gallery, kind, onExample }: Omit<StageProps, "share"> & { view: View }) {
  const { asset, selected } = gallery;
  if (view === "compare") return <CompareView gallery={gallery} />;
  if (!asset) return <Welcome kind={kind} onExample={onExample} />;
  const { id, tileset } = asset.manifest;
  const image = asset.images[selected] ?? asset.images[0];
  if (view === "terrain" && tileset && asset.sheet)
    return <TerrainPainter key={id} tileset={tileset} sheet={asset.sheet} />;
  if (view === "play" && asset.frames) return <AnimationPlayer key={id} frames={asset.frames} />;
  if (view === "tile" && image)
    return <TilePreview key={`${id}/${selected}`} tile={image} enlarged={asset.manifest.checks.grid_scale} />;
  if (view === "single" && image) return <SingleView pixels={image} />;
  return <ResultGrid gallery={gallery} asset={asset} />;
}

function sizeOf({ asset, selected }: Gallery): string {
  const image = asset?.images[selected];
  if (!asset || !image) return "";
  const count = asset.images.length > 1 ? `, ${selected + 1} of ${asset.images.length}` : "";
  return `${image.width}×${image.height}${count}`;
}
