import { presets } from "@shardflake/core";
import { createRef, render } from "preact";
import { PlanView } from "./plan-view.js";
import { BORDERS, moveBorder, positionOf } from "./state/move-border.js";
import { type PlanState, withSections } from "./state/plan-state.js";
import { readLayout } from "./state/reading.js";

const WIDTH_PX = 1000;
/** How far each border is moved, to both sides. */
const REACH_BITS = 6;
/** What a step may take at first, when none of it is compiled. */
const STEP_MS = 10;

/**
 * Moves every border a little, in moments in which there is nothing else to do, and where nobody sees it: in an element
 * outside of the document. Somebody's first moves would otherwise wait until the engine has compiled all that they need.
 */
export function rehearse(plan: PlanState, nowMs: number): void {
  const stage = document.createElement("div");
  const steps = stepsFrom(plan);
  const goOn: IdleRequestCallback = (idle) => {
    do {
      const step = steps.next();
      if (step.done) return render(null, stage);
      render(
        <PlanView plan={step.value} onChange={() => {}} widthPx={WIDTH_PX} frame={createRef()} nowMs={nowMs} />,
        stage,
      );
    } while (idle.timeRemaining() > STEP_MS);
    whenIdle(goOn);
  };
  whenIdle(goOn);
}

function* stepsFrom(plan: PlanState): Generator<PlanState, undefined> {
  const reading = readLayout(plan.a);
  const layout = reading.kind === "right" ? reading.value : presets.shardflake;
  for (const border of BORDERS) {
    const from = positionOf(layout, border);
    for (let to = from - REACH_BITS; to <= from + REACH_BITS; to++) {
      yield { ...plan, a: withSections(plan.a, moveBorder(layout, border, to)) };
    }
  }
}

/** Safari has no idle callbacks. */
function whenIdle(callback: IdleRequestCallback): void {
  if ("requestIdleCallback" in window) requestIdleCallback(callback);
  else setTimeout(() => callback({ didTimeout: false, timeRemaining: () => 0 }), STEP_MS);
}
