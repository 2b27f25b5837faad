import type { RefObject, VNode } from "preact";
import { useMemo } from "preact/hooks";
import { TimeLine } from "./charts/time-line.js";
import { WaitCurve } from "./charts/wait-curve.js";
import { FactsTable } from "./facts/facts-table.js";
import { Highlights } from "./facts/highlights.js";
import { useColumn } from "./facts/use-column.js";
import { LoadFields } from "./fields/load-fields.js";
import { IdView } from "./id/id-view.js";
import { takeApart } from "./id/take-apart.js";
import { LayoutCard } from "./layout-card.js";
import type { PlanState } from "./state/plan-state.js";
import { readLoad } from "./state/reading.js";
import { useLayout } from "./state/use-layout.js";

/**
 * All that follows from a plan. Parts are rendered anew only when something of what they show has changed: while a border
 * is dragged, everything shares one frame.
 */
export function PlanView(props: {
  readonly plan: PlanState;
  readonly onChange: (change: Partial<PlanState>) => void;
  /** Width of what is drawn, 0 while it is not known, and the element that has it. */
  readonly widthPx: number;
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly nowMs: number;
}): VNode {
  const { plan, onChange, widthPx, frame, nowMs } = props;
  const isAlone = plan.b === null;
  const a = useLayout(plan.a);
  const b = useLayout(plan.b ?? plan.a);
  const fewestMachines = Math.min(a.layout.machines, b.layout.machines);
  const load = useMemo(() => readLoad(plan.load, fewestMachines), [plan.load, fewestMachines]);
  const loadValue = load.kind === "right" ? load.value : null;
  const takenA = useMemo(() => takeApart(a.layout, plan.id), [a.layout, plan.id]);
  const takenB = useMemo(() => takeApart(b.layout, plan.id), [b.layout, plan.id]);
  const columnA = useColumn("A", a.layout, loadValue);
  const columnB = useColumn("B", b.layout, loadValue);
  const shown = <T,>(ofA: T, ofB: T): T[] => (isAlone ? [ofA] : [ofA, ofB]);
  const columns = shown(columnA, columnB);
  const layouts = shown({ name: "A" as const, layout: a.layout }, { name: "B" as const, layout: b.layout });
  const cardB = useMemo(
    () =>
      plan.b !== null && (
        <LayoutCard
          name="B"
          isAlone={false}
          text={plan.b}
          shown={b}
          taken={takenB}
          widthPx={widthPx}
          onChange={onChange}
        />
      ),
    [plan.b, b, takenB, widthPx, onChange],
  );
  const loadCard = useMemo(
    () => (
      <section class="card half" aria-labelledby="ask">
        <h2 id="ask">What you need</h2>
        <LoadFields
          load={plan.load}
          messages={load.kind === "wrong" ? load.messages : {}}
          onChange={(next) => onChange({ load: next })}
        />
      </section>
    ),
    [plan.load, load, onChange],
  );
  const idCard = useMemo(
    () => (
      <section class="card half" aria-labelledby="apart">
        <h2 id="apart">An ID along the bar</h2>
        <IdView layout={a.layout} id={plan.id} taken={takenA} onInput={(id) => onChange({ id })} />
      </section>
    ),
    [a.layout, plan.id, takenA, onChange],
  );
  return (
    <>
      <header class="top">
        <h1>Shardflake planner</h1>
        <p>
          How many bits for time, machines and sequence? Drag the borders: everything else follows. The address of this
          page is the plan.
        </p>
      </header>
      <main>
        <LayoutCard
          name="A"
          isAlone={isAlone}
          text={plan.a}
          shown={a}
          taken={takenA}
          widthPx={widthPx}
          onChange={onChange}
        />
        {cardB}
        {loadCard}
        {idCard}
        <section class="card" aria-labelledby="gives">
          <h2 id="gives">What {isAlone ? "it gives" : "they give"}</h2>
          <Highlights columns={columns} />
        </section>
        <section class="card" aria-labelledby="life">
          <h2 id="life">End of life</h2>
          <div ref={frame}>{widthPx > 0 && <TimeLine lives={layouts} nowMs={nowMs} widthPx={widthPx} />}</div>
        </section>
        <section class="card" aria-labelledby="wait">
          <h2 id="wait">Mean wait against load</h2>
          {loadValue === null && <p class="hint">Needs a load that can be read.</p>}
          {loadValue !== null && widthPx > 0 && (
            <WaitCurve
              widthPx={widthPx}
              idsPerSecond={loadValue.idsPerSecond}
              curves={layouts.map(({ name, layout }, i) => ({
                name,
                layout,
                machinesInUse: loadValue.machinesInUse,
                chosenWaitMs: columns[i]!.meanWaitMs,
              }))}
            />
          )}
        </section>
        <section class="card" aria-labelledby="detail">
          <h2 id="detail">In detail</h2>
          <FactsTable columns={columns} />
        </section>
      </main>
      <footer>
        The numbers come from the same code as <code>shardflake plan</code>. Requests are taken to be Poisson and evenly
        spread over the machine IDs in use.
      </footer>
    </>
  );
}
