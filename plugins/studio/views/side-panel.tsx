import type { ComponentChildren } from "preact";

export const SIDES = ["details", "jobs", "history"] as const;
export type Side = (typeof SIDES)[number];

export interface SidePanelProps {
  side: Side;
  /** Jobs that are not finished. */
  open: number;
  onSide: (side: Side) => void;
  children: ComponentChildren;
}

/** The right side: details, jobs or history. */
export function SidePanel({ side, open, onSide, children }: SidePanelProps) {
  return (
    <aside class="side" aria-label="About the result">
      <div role="tablist" aria-label="Panel" class="tabs">
        {SIDES.map((one) => (
          <button
            key={one}
            type="button"
            role="tab"
            id={`side-${one}`}
            aria-selected={one === side}
            aria-controls="side-panel"
            onClick={() => onSide(one)}
          >
            {one}
            {one === "jobs" && open > 0 ? ` ${open}` : ""}
          </button>
        ))}
      </div>
      <div id="side-panel" role="tabpanel" aria-labelledby={`side-${side}`} class="scroll">
        {children}
      </div>
    </aside>
  );
}
