import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** Follows the inner size of an element, in CSS pixels. It is known before the first paint. */
export function useSize<T extends HTMLElement>(): {
  ref: RefObject<T | null>;
  width: number;
  height: number;
} {
  const ref = useRef<T>(null);
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    setSize(innerSize(element));
    const observer = new ResizeObserver(() => setSize(innerSize(element)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, ...size };
}

function innerSize(element: HTMLElement): { width: number; height: number } {
  const { paddingLeft, paddingRight, paddingTop, paddingBottom } = getComputedStyle(element);
  const sum = (one: string, other: string): number => Number.parseFloat(one) + Number.parseFloat(other);
  return {
    width: element.clientWidth - sum(paddingLeft, paddingRight),
    height: element.clientHeight - sum(paddingTop, paddingBottom),
  };
}
