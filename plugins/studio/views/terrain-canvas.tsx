import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { TileInfo, TilesetInfo } from "../../../shared/asset.ts";
import { useSize } from "../hooks/use-size.ts";
import { fitScale, wholeScale } from "../pure/integer-scale.ts";
import type { Pixels } from "../pure/pixels.ts";
import { hasPoints, mapSize, type Place, type TerrainGrid } from "../pure/terrain.ts";
import { drawCursor, drawLines, drawMap } from "./draw-terrain.ts";

/** A stroke of the brush between two places of the grid; both are one where it begins. */
export interface Stroke {
  from: Place;
  to: Place;
  /** Paints the ground that is not chosen: right button, or Shift. */
  isOther: boolean;
}

export interface TerrainCanvasProps {
  tileset: TilesetInfo;
  sheet: Pixels;
  grid: TerrainGrid;
  /** Tiles of the map, row by row. */
  tiles: readonly (TileInfo | null)[];
  isLined: boolean;
  /** Free space around the map, in CSS pixels. */
  margin: number;
  onPaint: (stroke: Stroke) => void;
  /** The person wants the other ground. */
  onSwap: () => void;
}

/** The map itself: draws its tiles and takes strokes of mouse, pen and keys. */
export function TerrainCanvas(props: TerrainCanvasProps) {
  const { tileset, sheet, grid, tiles, isLined, margin } = props;
  const { type, tile_size: tile } = tileset;
  const { ref, width, height } = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [cursor, setCursor] = useState<Place | null>(null);
  const size = mapSize(type, grid);
  const whole = { width: size.columns * tile.width, height: size.rows * tile.height };
  const box = { width: width - margin, height: height - margin };
  const { device, css } = wholeScale(fitScale(whole, box, 6), devicePixelRatio);
  const tick = useTicks(tileset);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || width === 0) return;
    const steps = { stepX: tile.width * device, stepY: tile.height * device };
    drawMap(context, tiles, { tileset, sheet, device, columns: size.columns, tick });
    if (isLined) drawLines(context, steps);
    if (cursor) drawCursor(context, cursor, { type, ...steps });
  }, [tiles, device, width, tick, cursor, isLined]);

  const onPointer = (event: PointerEvent): void => {
    const to = placeOf(event, type, size);
    setCursor(to);
    if (event.buttons === 0) return;
    const from = event.type === "pointermove" && cursor ? cursor : to;
    props.onPaint({ from, to, isOther: (event.buttons & 2) !== 0 || event.shiftKey });
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey) return;
    const at = cursor ?? { x: Math.floor(grid.columns / 2), y: Math.floor(grid.rows / 2) };
    const move = MOVES[event.key];
    if (move) setCursor(inside(grid, { x: at.x + move.x, y: at.y + move.y }));
    else if (event.key === " " || event.key === "Enter")
      props.onPaint({ from: at, to: at, isOther: event.shiftKey });
    else if (event.key === "x") props.onSwap();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div ref={ref} class="single-box">
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: a map that keys paint on is an application */}
      <canvas
        ref={canvas}
        class="pixels paintable"
        width={whole.width * device}
        height={whole.height * device}
        style={{ width: `${whole.width * css}px`, height: `${whole.height * css}px` }}
        tabIndex={0}
        role="application"
        aria-label="Terrain map: arrows move, Space paints, X changes the ground"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          onPointer(event);
        }}
        onPointerMove={onPointer}
        onPointerLeave={() => setCursor(null)}
        onContextMenu={(event) => event.preventDefault()}
        onKeyDown={onKey}
      />
    </div>
  );
}

const MOVES: Readonly<Record<string, Place>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The cell under the pointer, or the corner point that is nearest to it. */
function placeOf(
  event: PointerEvent,
  type: TilesetInfo["type"],
  { columns, rows }: { columns: number; rows: number },
): Place {
  const box = (event.currentTarget as Element).getBoundingClientRect();
  const round = hasPoints(type) ? Math.round : Math.floor;
  return {
    x: round(((event.clientX - box.left) / box.width) * columns),
    y: round(((event.clientY - box.top) / box.height) * rows),
  };
}

function inside({ columns, rows }: TerrainGrid, { x, y }: Place): Place {
  return { x: Math.max(0, Math.min(columns - 1, x)), y: Math.max(0, Math.min(rows - 1, y)) };
}

/** Time that goes on while some tile moves and the person does not mind motion. */
function useTicks({ tiles }: TilesetInfo): number {
  const [tick, setTick] = useState(0);
  const moves = tiles.some(({ animation }) => animation !== null);
  useEffect(() => {
    if (!moves || matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const timer = setInterval(() => setTick((before) => before + 50), 50);
    return () => clearInterval(timer);
  }, [moves]);
  return tick;
}
