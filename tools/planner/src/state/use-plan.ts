import { useCallback, useEffect, useState } from "preact/hooks";
import { linkOf, planIn } from "./link.js";
import type { PlanState } from "./plan-state.js";

/** Browsers refuse more than about a hundred changes of the address in half a minute. */
const LINK_DELAY_MS = 200;

/** The plan in the page's address, and how to change it; the address follows. */
export function usePlan(): readonly [PlanState, (change: Partial<PlanState>) => void] {
  const [plan, setPlan] = useState(() => planIn(location.hash));
  const change = useCallback((part: Partial<PlanState>) => setPlan((before) => ({ ...before, ...part })), []);
  useEffect(() => {
    const timer = setTimeout(() => {
      const link = linkOf(plan);
      if (link !== location.hash) history.replaceState(null, "", link);
    }, LINK_DELAY_MS);
    return () => clearTimeout(timer);
  }, [plan]);
  useEffect(() => {
    const follow = (): void => setPlan(planIn(location.hash));
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return [plan, change];
}
