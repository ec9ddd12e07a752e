import { useEffect, useState } from "preact/hooks";

const THEMES = ["system", "dark", "light"] as const;
export type Theme = (typeof THEMES)[number];
const KEY = "pixelkiln-theme";

/** The theme of the page, kept in this browser; "system" follows the machine. */
export function useTheme(): { theme: Theme; nextTheme: () => void } {
  const [theme, setTheme] = useState<Theme>(
    () => THEMES.find((one) => one === localStorage.getItem(KEY)) ?? "system",
  );
  useEffect(() => {
    document.documentElement.dataset.theme = theme;
    localStorage.setItem(KEY, theme);
  }, [theme]);
  return {
    theme,
    nextTheme: () => setTheme(THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system"),
  };
}
