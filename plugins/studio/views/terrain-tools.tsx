export interface TerrainToolsProps {
  ground: 0 | 1;
  radius: number;
  isLined: boolean;
  /** Names of the lower and the upper terrain. */
  names: readonly [string, string];
  /** Cells of the map for which the set has no tile. */
  missing: number;
  onGround: (ground: 0 | 1) => void;
  onRadius: (radius: number) => void;
  onLined: (isLined: boolean) => void;
  onClear: () => void;
  onRandom: () => void;
}

const BRUSHES = ["fine", "broad"] as const;

/** The tools below the map. */
export function TerrainTools(props: TerrainToolsProps) {
  const { ground, radius, isLined, names, missing } = props;
  return (
    <div class="view-tools">
      <fieldset class="joined" aria-label="Ground to paint">
        {([1, 0] as const).map((one) => (
          <button
            key={one}
            type="button"
            class="small"
            aria-pressed={ground === one}
            onClick={() => props.onGround(one)}
          >
            {names[one]}
          </button>
        ))}
      </fieldset>
      <fieldset class="joined" aria-label="Brush">
        {BRUSHES.map((name, size) => (
          <button
            key={name}
            type="button"
            class="small"
            aria-pressed={radius === size}
            onClick={() => props.onRadius(size)}
          >
            {name}
          </button>
        ))}
      </fieldset>
      <button type="button" class="small" onClick={props.onRandom}>
        Random terrain
      </button>
      <button type="button" class="small" onClick={props.onClear}>
        Clear
      </button>
      <button type="button" class="small" aria-pressed={isLined} onClick={() => props.onLined(!isLined)}>
        Lines
      </button>
      <code class="under">{missing === 0 ? "" : `${missing} cells without a tile`}</code>
    </div>
  );
}
