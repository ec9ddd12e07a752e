import { useEffect, useRef } from "preact/hooks";

/** What a key does; gives false when it did nothing, which leaves the key to the browser. */
export type KeyActions = Readonly<Record<string, () => unknown>>;

/**
 * Listens to single keys wherever the person is not typing; Escape ends the typing. Keys are named as in KeyboardEvent.key, with "Mod+" for
 * Ctrl or Command; those with Mod+ work in text fields too.
 */
export function useKeys(actions: KeyActions): void {
  const current = useRef(actions);
  current.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.altKey) return;
      const mod = event.ctrlKey || event.metaKey;
      if (!mod && isTyping(event.target)) {
        if (event.key === "Escape") (event.target as HTMLElement).blur();
        return;
      }
      // A button or a tab keeps Space and Enter for itself.
      if (!mod && [" ", "Enter"].includes(event.key) && isControl(event.target)) return;
      const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const action = current.current[mod ? `Mod+${name}` : name];
      if (action && action() !== false) event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("input:not([type=checkbox]), textarea, select") !== null;
}

function isControl(target: EventTarget | null): boolean {
  // One that only a mouse has touched looks as if it had no focus: the key is not meant for it.
  if (!(target instanceof Element) || !target.matches(":focus-visible")) return false;
  return target.closest("button, a, summary, input, [role=application]") !== null;
}
