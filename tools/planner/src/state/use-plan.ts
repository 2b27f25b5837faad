import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { linkOf, planIn } from "./link.js";
import type { PlanState } from "./plan-state.js";

/** Browsers refuse more than about a hundred changes of the address in half a minute. */
const LINK_DELAY_MS = 200;

/** A change that is not in the address yet. */
interface Waiting {
  isArmed: boolean;
  sinceMs: number;
}

/** The plan in the page's address, and how to change it; the address follows. */
export function usePlan(): readonly [PlanState, (change: Partial<PlanState>) => void] {
  const [plan, setPlan] = useState(() => planIn(location.hash));
  const latest = useRef(plan);
  const waiting = useRef({ isArmed: false, sinceMs: 0 });
  const change = useCallback((part: Partial<PlanState>) => {
    latest.current = { ...latest.current, ...part };
    setPlan(latest.current);
    // One timer for all changes of a drag, not one for each.
    waiting.current.sinceMs = performance.now();
    if (!waiting.current.isArmed) writeLinkAfter(LINK_DELAY_MS, latest, waiting.current);
  }, []);
  useEffect(() => {
    const follow = (): void => {
      latest.current = planIn(location.hash);
      setPlan(latest.current);
    };
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return [plan, change];
}

/** Writes the plan into the address when it has not changed for a while. */
function writeLinkAfter(delayMs: number, latest: { readonly current: PlanState }, waiting: Waiting): void {
  waiting.isArmed = true;
  setTimeout(() => {
    waiting.isArmed = false;
    const restMs = waiting.sinceMs + LINK_DELAY_MS - performance.now();
    if (restMs > 0) return writeLinkAfter(restMs, latest, waiting);
    const link = linkOf(latest.current);
    if (link !== location.hash) history.replaceState(null, "", link);
  }, delayMs);
}
