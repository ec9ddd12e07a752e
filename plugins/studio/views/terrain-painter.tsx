import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { TileInfo, TilesetInfo } from "../../../shared/asset.ts";
import { useSize } from "../hooks/use-size.ts";
import { fitScale, wholeScale } from "../pure/integer-scale.ts";
import type { Pixels } from "../pure/pixels.ts";
import { emptyTerrain, hasPoints, mapSize, paintTerrain, randomTerrain, solveMap } from "../pure/terrain.ts";

export interface TerrainPainterProps {
  tileset: TilesetInfo;
  sheet: Pixels;
}

/** Most tiles of a map, each way. */
const MOST = 40;
const FIRST_SEED = 7;
/** Free space around the map, in CSS pixels. */
const MARGIN = 32;

interface MapSize {
  columns: number;
  rows: number;
}

/** Paints the two terrains of a set on a map; the tiles that join them are chosen at once. */
export function TerrainPainter({ tileset, sheet }: TerrainPainterProps) {
  const { ref, width, height } = useSize<HTMLDivElement>();
  const [map, setMap] = useState<MapSize | null>(null);
  useLayoutEffect(() => {
    if (map === null && width > 0) setMap(mapFor(tileset, { width, height }));
  }, [map, width, height]);
  return (
    <div class="single" ref={ref}>
      {map && <TerrainMap tileset={tileset} sheet={sheet} map={map} />}
    </div>
  );
}

/** As many tiles as fill a box when each is shown twice or three times as large. */
function mapFor({ tile_size: tile }: TilesetInfo, box: { width: number; height: number }): MapSize {
  const scale = box.width > 720 ? 3 : 2;
  const count = (space: number, edge: number): number =>
    Math.max(4, Math.min(MOST, Math.floor((space - MARGIN) / (edge * scale))));
  return { columns: count(box.width, tile.width), rows: count(box.height - TOOLS_HEIGHT, tile.height) };
}

/** Height of the tools below the map, in CSS pixels. */
const TOOLS_HEIGHT = 37;

/** A map of a size that does not change, with its tools. */
function TerrainMap({ tileset, sheet, map }: TerrainPainterProps & { map: MapSize }) {
  const { type, terrains } = tileset;
  const { ref, width, height } = useSize<HTMLDivElement>();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [grid, setGrid] = useState(() => randomTerrain(type, emptyTerrain(type, map), FIRST_SEED));
  const [seed, setSeed] = useState(FIRST_SEED);
  const [ground, setGround] = useState<0 | 1>(1);
  const [radius, setRadius] = useState(0);
  const [cursor, setCursor] = useState<{ x: number; y: number } | null>(null);
  const [isLined, setLined] = useState(false);
  const tiles = useMemo(() => solveMap(tileset, grid), [tileset, grid]);
  const size = mapSize(type, grid);
  const { width: tileWidth, height: tileHeight } = tileset.tile_size;
  const whole = { width: size.columns * tileWidth, height: size.rows * tileHeight };
  const { device, css } = wholeScale(
    fitScale(whole, { width: width - MARGIN, height: height - MARGIN }, 6),
    devicePixelRatio,
  );
  const tick = useTicks(tileset);
  useLayoutEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!context || width === 0) return;
    drawMap(context, tiles, { tileset, sheet, device, columns: size.columns, tick });
    if (isLined) drawLines(context, { stepX: tileWidth * device, stepY: tileHeight * device });
    if (cursor) drawCursor(context, cursor, { type, stepX: tileWidth * device, stepY: tileHeight * device });
  }, [tiles, device, width, tick, cursor, isLined]);

  const placeOf = (event: PointerEvent): { x: number; y: number } => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const [x, y] = [
      ((event.clientX - box.left) / box.width) * size.columns,
      ((event.clientY - box.top) / box.height) * size.rows,
    ];
    return hasPoints(type) ? { x: Math.round(x), y: Math.round(y) } : { x: Math.floor(x), y: Math.floor(y) };
  };
  const paint = (place: { x: number; y: number }, value: 0 | 1): void =>
    setGrid((before) => paintTerrain(before, place, { value, radius }));
  const onPointer = (event: PointerEvent): void => {
    const place = placeOf(event);
    setCursor(place);
    if (event.buttons === 0) return;
    const isOther = (event.buttons & 2) !== 0 || event.shiftKey;
    paint(place, isOther ? (ground === 1 ? 0 : 1) : ground);
  };
  const onKey = (event: KeyboardEvent): void => {
    const at = cursor ?? { x: Math.floor(grid.columns / 2), y: Math.floor(grid.rows / 2) };
    const moves: Record<string, [number, number]> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
    };
    const move = moves[event.key];
    if (move) {
      const x = Math.max(0, Math.min(grid.columns - 1, at.x + move[0]));
      const y = Math.max(0, Math.min(grid.rows - 1, at.y + move[1]));
      setCursor({ x, y });
    } else if (event.key === " " || event.key === "Enter") paint(at, ground);
    else if (event.key === "x") setGround(ground === 1 ? 0 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const nameOf = (role: string): string => terrains.find((one) => one.role === role)?.name ?? role;
  return (
    <>
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
      <div class="view-tools">
        <fieldset class="joined" aria-label="Ground to paint">
          <button type="button" class="small" aria-pressed={ground === 1} onClick={() => setGround(1)}>
            {nameOf("upper")}
          </button>
          <button type="button" class="small" aria-pressed={ground === 0} onClick={() => setGround(0)}>
            {nameOf("lower")}
          </button>
        </fieldset>
        <fieldset class="joined" aria-label="Brush">
          {[0, 1].map((one) => (
            <button
              key={one}
              type="button"
              class="small"
              aria-pressed={radius === one}
              onClick={() => setRadius(one)}
            >
              {one === 0 ? "fine" : "broad"}
            </button>
          ))}
        </fieldset>
        <button
          type="button"
          class="small"
          onClick={() => {
            setSeed(seed + 1);
            setGrid(randomTerrain(type, emptyTerrain(type, map), seed + 1));
          }}
        >
          Random terrain
        </button>
        <button type="button" class="small" onClick={() => setGrid(emptyTerrain(type, map))}>
          Clear
        </button>
        <button type="button" class="small" aria-pressed={isLined} onClick={() => setLined(!isLined)}>
          Lines
        </button>
        <code class="under">{missingWords(tiles)}</code>
      </div>
    </>
  );
}

function missingWords(tiles: readonly (TileInfo | null)[]): string {
  const missing = tiles.filter((tile) => tile === null).length;
  return missing === 0 ? "" : `${missing} cells without a tile`;
}

interface DrawMapOptions {
  tileset: TilesetInfo;
  sheet: Pixels;
  device: number;
  columns: number;
  /** Time in ms, for tiles that move. */
  tick: number;
}

function drawMap(
  context: CanvasRenderingContext2D,
  tiles: readonly (TileInfo | null)[],
  { tileset, sheet, device, columns, tick }: DrawMapOptions,
): void {
  const native = new OffscreenCanvas(sheet.width, sheet.height);
  native.getContext("2d")?.putImageData(new ImageData(sheet.data, sheet.width, sheet.height), 0, 0);
  const { width, height } = tileset.tile_size;
  context.clearRect(0, 0, context.canvas.width, context.canvas.height);
  context.imageSmoothingEnabled = false;
  tiles.forEach((tile, i) => {
    if (tile === null) return;
    const { x, y } = cellOf(tile, tileset, tick);
    const [left, top] = [(i % columns) * width * device, Math.floor(i / columns) * height * device];
    context.drawImage(native, x, y, width, height, left, top, width * device, height * device);
  });
}

/** Where the pixels of a tile lie on the sheet at a time. */
function cellOf(tile: TileInfo, tileset: TilesetInfo, tick: number): { x: number; y: number } {
  if (tile.animation === null) return tile.bounding_box;
  const period = tile.animation.reduce((sum, frame) => sum + frame.duration_ms, 0);
  let left = period === 0 ? 0 : tick % period;
  const frame = tile.animation.find(({ duration_ms: ms }) => {
    left -= ms;
    return left < 0;
  });
  const index = frame?.index ?? tile.index;
  const { columns, margin, spacing, tile_size: size } = tileset;
  const at = (cell: number, edge: number): number => margin + cell * (edge + spacing);
  return { x: at(index % columns, size.width), y: at(Math.floor(index / columns), size.height) };
}

interface Steps {
  stepX: number;
  stepY: number;
}

function drawLines(context: CanvasRenderingContext2D, { stepX, stepY }: Steps): void {
  const { width, height } = context.canvas;
  context.fillStyle = "rgb(0 0 0 / 0.35)";
  for (let x = stepX; x < width; x += stepX) context.fillRect(x, 0, 1, height);
  for (let y = stepY; y < height; y += stepY) context.fillRect(0, y, width, 1);
}

function drawCursor(
  context: CanvasRenderingContext2D,
  { x, y }: { x: number; y: number },
  { type, stepX, stepY }: Steps & { type: TilesetInfo["type"] },
): void {
  const shift = hasPoints(type) ? 0.5 : 0;
  const [left, top] = [(x - shift) * stepX, (y - shift) * stepY];
  context.lineWidth = 2;
  context.strokeStyle = "#000";
  context.strokeRect(left, top, stepX, stepY);
  context.strokeStyle = "#fff";
  context.strokeRect(left + 2, top + 2, stepX - 4, stepY - 4);
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
