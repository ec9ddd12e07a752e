import { useEffect, useState } from "preact/hooks";
import type { AssetList, AssetSummary } from "../../../shared/api.ts";
import { messageOf } from "../../client/problem.ts";
import { loadThumbnail } from "../api/assets.ts";
import { getJson } from "../api/client.ts";
import { fitScale } from "../pure/integer-scale.ts";
import type { Pixels } from "../pure/pixels.ts";
import { PixelCanvas } from "./pixel-canvas.tsx";

export interface HistoryProps {
  /** Changes when something was published: the list is read again. */
  version: number;
  openId: string | null;
  onOpen: (id: string) => void;
}

const PAGE = 24;
const BOX = { width: 64, height: 64 };

/** Everything that was published, newest first. */
export function History({ version, openId, onOpen }: HistoryProps) {
  const [assets, setAssets] = useState<readonly AssetSummary[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [problem, setProblem] = useState("");
  const read = async (before: string | null): Promise<void> => {
    try {
      const list = await getJson<AssetList>(
        `/v1/assets?limit=${PAGE}${before === null ? "" : `&before=${before}`}`,
      );
      setAssets((shown) => (before === null ? list.assets : [...shown, ...list.assets]));
      setNext(list.next);
    } catch (error) {
      setProblem(messageOf(error));
    }
  };
  useEffect(() => {
    void read(null);
  }, [version]);
  if (problem !== "") return <p class="error">{problem}</p>;
  if (assets.length === 0) return <p class="empty">What you make is kept here.</p>;
  return (
    <>
      <ul class="history" aria-label="Assets">
        {assets.map((asset) => (
          <li key={asset.id}>
            <button
              type="button"
              class="bare"
              aria-current={asset.id === openId}
              title={`${asset.name}, ${asset.kind}`}
              onClick={() => onOpen(asset.id)}
            >
              <Thumbnail asset={asset} />
              <small>{asset.name}</small>
            </button>
          </li>
        ))}
      </ul>
      {next !== null && (
        <button type="button" class="small" onClick={() => void read(next)}>
          More
        </button>
      )}
    </>
  );
}

function Thumbnail({ asset: { id, name, kind } }: { asset: AssetSummary }) {
  const [pixels, setPixels] = useState<Pixels | null>(null);
  useEffect(() => {
    let isGone = false;
    loadThumbnail(id).then(
      (loaded) => !isGone && setPixels(loaded.pixels),
      () => {},
    );
    return () => {
      isGone = true;
    };
  }, [id]);
  return (
    <span class="thumb">
      {pixels && <PixelCanvas pixels={pixels} scale={fitScale(pixels, BOX, 4)} label={`${name}, ${kind}`} />}
    </span>
  );
}
