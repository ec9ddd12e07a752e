import { useEffect, useState } from "preact/hooks";
import type { KindInfo, ModelInfo, PaletteInfo, StyleInfo } from "../../../shared/answers.ts";
import { messageOf } from "../../client/problem.ts";
import { getJson } from "../api/client.ts";

/** What the service offers. */
export interface Catalog {
  /** Empty until the catalog is there. */
  kinds: KindInfo[];
  styles: StyleInfo[];
  palettes: PaletteInfo[];
  models: ModelInfo[];
  /** Why it could not be read, or null. */
  error: string | null;
}

const EMPTY: Catalog = { kinds: [], styles: [], palettes: [], models: [], error: null };

/** Reads the catalog once the page is there, and again with each new `attempt`. */
export function useCatalog(attempt: number): Catalog {
  const [catalog, setCatalog] = useState(EMPTY);
  useEffect(() => {
    Promise.all([
      getJson<{ kinds: KindInfo[] }>("/v1/kinds"),
      getJson<{ styles: StyleInfo[] }>("/v1/styles/selector"),
      getJson<{ palettes: PaletteInfo[] }>("/v1/palettes"),
      getJson<{ models: ModelInfo[] }>("/v1/models"),
    ]).then(
      ([{ kinds }, { styles }, { palettes }, { models }]) =>
        setCatalog({ kinds, styles, palettes, models, error: null }),
      (error) => setCatalog({ ...EMPTY, error: messageOf(error) }),
    );
  }, [attempt]);
  return catalog;
}
