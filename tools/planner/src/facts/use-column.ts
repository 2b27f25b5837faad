import type { Layout } from "@shardflake/core";
import { capacityOf, type Load } from "@shardflake/core/capacity";
import { useMemo } from "preact/hooks";
import { FACTS, type Fact, HIGHLIGHTS } from "./facts.js";

/** What there is to tell of a layout under a load: texts in the order of the facts. */
export interface FactColumn {
  readonly name: "A" | "B";
  readonly highlights: readonly string[];
  readonly facts: readonly string[];
  /** Mean wait of a request; null where the queue never settles, or where there is no load. */
  readonly meanWaitMs: number | null;
}

/** Works it out anew when the layout or the load has changed; dashes while there is no load that the layout can bear. */
export function useColumn(name: "A" | "B", layout: Layout, load: Load | null): FactColumn {
  return useMemo(() => {
    if (load === null || layout.machines < load.machinesInUse) {
      const dashes = (facts: readonly Fact[]): string[] => facts.map(() => "–");
      return { name, highlights: dashes(HIGHLIGHTS), facts: dashes(FACTS), meanWaitMs: null };
    }
    const capacity = capacityOf(layout, load);
    const texts = (facts: readonly Fact[]): string[] => facts.map(({ text }) => text({ layout, load, capacity }));
    const meanWaitMs = capacity.wait.kind === "unstable" ? null : capacity.wait.meanTicks * layout.tickMs;
    return { name, highlights: texts(HIGHLIGHTS), facts: texts(FACTS), meanWaitMs };
  }, [name, layout, load]);
}
