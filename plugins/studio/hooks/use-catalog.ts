import { useEffect, useState } from "preact/hooks";
import type { ModelInfo, PaletteInfo, StyleInfo } from "../../../shared/answers.ts";
import { getJson, messageOf } from "../api/client.ts";

/** What the service offers: styles, named palettes, models. */
export interface Catalog {
  styles: StyleInfo[];
  palettes: PaletteInfo[];
  models: ModelInfo[];
  /** Why it could not be read, or null. */
  error: string | null;
}

const EMPTY: Catalog = { styles: [], palettes: [], models: [], error: null };

/** Reads the catalog once the page is there. */
export function useCatalog(): Catalog {
  const [catalog, setCatalog] = useState(EMPTY);
  useEffect(() => {
    Promise.all([
      getJson<{ styles: StyleInfo[] }>("/v1/styles/selector"),
      getJson<{ palettes: PaletteInfo[] }>("/v1/palettes"),
      getJson<{ models: ModelInfo[] }>("/v1/models"),
    ]).then(
      ([{ styles }, { palettes }, { models }]) => setCatalog({ styles, palettes, models, error: null }),
      (error) => setCatalog({ ...EMPTY, error: messageOf(error) }),
    );
  }, []);
  return catalog;
}
