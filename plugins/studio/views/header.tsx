import type { Catalog } from "../hooks/use-catalog.ts";
import type { Theme } from "../hooks/use-theme.ts";
import { Icon } from "./icon.tsx";

export interface HeaderProps {
  /** Id of the chosen kind. */
  kind: string;
  catalog: Catalog;
  live: boolean;
  theme: Theme;
  onKind: (kind: string) => void;
  onTheme: () => void;
  onKeys: () => void;
}

/** Name, kinds, and whether the service is there. */
export function Header({ kind, catalog, live, theme, onKind, onTheme, onKeys }: HeaderProps) {
  const model = catalog.models.find((one) => one.default);
  return (
    <header class="top">
      <h1>
        <Icon name="kiln" size={16} /> Pixelkiln
      </h1>
      <nav class="tabs kinds" aria-label="Kind">
        {catalog.kinds.map((one, i) => (
          <button
            key={one.id}
            type="button"
            aria-current={one.id === kind ? "page" : undefined}
            title={`${one.summary} (${i + 1})`}
            onClick={() => onKind(one.id)}
          >
            {one.title}
          </button>
        ))}
      </nav>
      <span class={`light ${live ? "on" : ""}`}>{live ? (model?.id ?? "connected") : "no connection"}</span>
      <button
        type="button"
        class="bare"
        onClick={onTheme}
        aria-label={`Theme: ${theme}`}
        title={`Theme: ${theme}`}
      >
        <Icon name="sun" />
      </button>
      <button type="button" class="bare" onClick={onKeys} aria-label="Keys" title="Keys (?)">
        <kbd>?</kbd>
      </button>
    </header>
  );
}
