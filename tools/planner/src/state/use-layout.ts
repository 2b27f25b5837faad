import { type Layout, presets } from "@shardflake/core";
import { useMemo, useRef } from "preact/hooks";
import type { LayoutText } from "./plan-state.js";
import { type LayoutField, type Reading, readLayout } from "./reading.js";

/** A layout that was typed, and what to show of it. */
export interface ShownLayout {
  readonly reading: Reading<Layout, LayoutField>;
  /** The layout as it is now, or was when it last could be one. */
  readonly layout: Layout;
}

/** Reads a layout; while it is being typed and cannot be one, the last one stays on the page. */
export function useLayout(text: LayoutText): ShownLayout {
  const last = useRef<Layout>(presets.shardflake);
  return useMemo(() => {
    const reading = readLayout(text);
    if (reading.kind === "right") last.current = reading.value;
    return { reading, layout: last.current };
  }, [text]);
}
