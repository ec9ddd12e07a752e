import { useLayoutEffect, useMemo, useState } from "preact/hooks";
import type { TilesetInfo } from "../../../shared/asset.ts";
import { useSize } from "../hooks/use-size.ts";
import type { Pixels } from "../pure/pixels.ts";
import { emptyTerrain, paintLine, randomTerrain, solveMap } from "../pure/terrain.ts";
import { TerrainCanvas } from "./terrain-canvas.tsx";
import { TerrainTools } from "./terrain-tools.tsx";

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
  const [grid, setGrid] = useState(() => randomTerrain(type, emptyTerrain(type, map), FIRST_SEED));
  const [seed, setSeed] = useState(FIRST_SEED);
  const [ground, setGround] = useState<0 | 1>(1);
  const [radius, setRadius] = useState(0);
  const [isLined, setLined] = useState(false);
  const tiles = useMemo(() => solveMap(tileset, grid), [tileset, grid]);
  const other = ground === 1 ? 0 : 1;
  const nameOf = (role: string): string => terrains.find((one) => one.role === role)?.name ?? role;
  return (
    <>
      <TerrainCanvas
        {...{ tileset, sheet, grid, tiles, isLined }}
        margin={MARGIN}
        onPaint={({ from, to, isOther }) =>
          setGrid((before) => paintLine(before, [from, to], { value: isOther ? other : ground, radius }))
        }
        onSwap={() => setGround(other)}
      />
      <TerrainTools
        {...{ ground, radius, isLined }}
        names={[nameOf("lower"), nameOf("upper")]}
        missing={tiles.filter((tile) => tile === null).length}
        onGround={setGround}
        onRadius={setRadius}
        onLined={setLined}
        onClear={() => setGrid(emptyTerrain(type, map))}
        onRandom={() => {
          setSeed(seed + 1);
          setGrid(randomTerrain(type, emptyTerrain(type, map), seed + 1));
        }}
      />
    </>
  );
}
