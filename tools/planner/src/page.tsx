import type { VNode } from "preact";
import { useRef } from "preact/hooks";
import { PlanView } from "./plan-view.js";
import { usePlan } from "./state/use-plan.js";
import { useWidth } from "./use-width.js";

/** The planner. Everything on it follows from the plan, and the plan is in the address. */
export function Page({ nowMs }: { readonly nowMs: number }): VNode {
  const [plan, change] = usePlan();
  const frame = useRef<HTMLDivElement>(null);
  const widthPx = useWidth(frame);
  return <PlanView plan={plan} onChange={change} widthPx={widthPx} frame={frame} nowMs={nowMs} />;
}
