import { type Layout, presets } from "@shardflake/core";
import { capacityOf } from "@shardflake/core/capacity";
import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import { BitBar } from "./bar/bit-bar.js";
import { TimeLine } from "./charts/time-line.js";
import { WaitCurve } from "./charts/wait-curve.js";
import { FactsTable } from "./facts/facts-table.js";
import { Highlights } from "./facts/highlights.js";
import { LayoutFields } from "./fields/layout-fields.js";
import { LoadFields } from "./fields/load-fields.js";
import { IdView } from "./id/id-view.js";
import { takeApart } from "./id/take-apart.js";
import { type LayoutText, layoutText } from "./state/plan-state.js";
import { readLoad } from "./state/reading.js";
import { type ShownLayout, useLayout } from "./state/use-layout.js";
import { usePlan } from "./state/use-plan.js";

/** The planner. Everything on it follows from the plan, and the plan is in the address. */
export function Page({ nowMs }: { readonly nowMs: number }): VNode {
  const [plan, change] = usePlan();
  const a = useLayout(plan.a);
  const b = useLayout(plan.b ?? plan.a);
  const shown =
    plan.b === null
      ? [{ name: "A" as const, ...a }]
      : [
          { name: "A" as const, ...a },
          { name: "B" as const, ...b },
        ];
  const fewestMachines = Math.min(...shown.map(({ layout }) => layout.machines));
  const load = useMemo(() => readLoad(plan.load, fewestMachines), [plan.load, fewestMachines]);
  const subjects = useMemo(() => {
    if (load.kind === "wrong") return null;
    return [a.layout, b.layout].map((layout) =>
      layout.machines < load.value.machinesInUse
        ? null
        : { layout, load: load.value, capacity: capacityOf(layout, load.value) },
    );
  }, [a.layout, b.layout, load]);
  const taken = useMemo(() => takeApart(a.layout, plan.id), [a.layout, plan.id]);
  const columns = shown.map(({ name }, i) => ({ name, subject: subjects?.[i] ?? null }));
  const section = (which: "a" | "b", name: "A" | "B", { reading, layout }: ShownLayout): VNode => {
    const text = plan[which] ?? plan.a;
    const setText = (next: LayoutText): void => change({ [which]: next });
    return (
      <section class="card layout" aria-labelledby={`layout-${name}`}>
        <header>
          <h2 id={`layout-${name}`}>
            {plan.b === null ? (
              "Layout"
            ) : (
              <>
                Layout <span class={`badge of-${name}`}>{name}</span>
              </>
            )}
            <small>
              0 / {layout.timestampBits} / {layout.datacenterBits} / {layout.machineBits} / {layout.sequenceBits}
            </small>
          </h2>
          {which === "b" && (
            <button type="button" onClick={() => change({ b: null })}>
              Remove
            </button>
          )}
          {which === "a" && plan.b === null && (
            <button type="button" onClick={() => change({ b: layoutText(presets["js-safe"]) })}>
              Compare with another
            </button>
          )}
        </header>
        <BitBar
          name={name}
          layout={layout}
          taken={which === "a" ? taken : takeApart(layout, plan.id)}
          onMove={(moved) => setText(withSections(text, moved))}
        />
        <LayoutFields
          name={name}
          text={text}
          messages={reading.kind === "wrong" ? reading.messages : {}}
          onChange={setText}
        />
      </section>
    );
  };
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
        {section("a", "A", a)}
        {plan.b !== null && section("b", "B", b)}
        <section class="card half" aria-labelledby="ask">
          <h2 id="ask">What you need</h2>
          <LoadFields
            load={plan.load}
            messages={load.kind === "wrong" ? load.messages : {}}
            onChange={(next) => change({ load: next })}
          />
        </section>
        <section class="card half" aria-labelledby="apart">
          <h2 id="apart">An ID along the bar</h2>
          <IdView layout={a.layout} id={plan.id} taken={taken} onInput={(id) => change({ id })} />
        </section>
        <section class="card" aria-labelledby="gives">
          <h2 id="gives">What {plan.b === null ? "it gives" : "they give"}</h2>
          <Highlights columns={columns} />
        </section>
        <section class="card" aria-labelledby="life">
          <h2 id="life">End of life</h2>
          <TimeLine lives={shown.map(({ name, layout }) => ({ name, layout }))} nowMs={nowMs} />
        </section>
        <section class="card" aria-labelledby="wait">
          <h2 id="wait">Mean wait against load</h2>
          {load.kind === "right" ? (
            <WaitCurve
              idsPerSecond={load.value.idsPerSecond}
              curves={shown.map(({ name, layout }, i) => ({
                name,
                layout,
                machinesInUse: load.value.machinesInUse,
                chosenWaitMs: waitMs(subjects?.[i] ?? null),
              }))}
            />
          ) : (
            <p class="hint">Needs a load that can be read.</p>
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

function withSections(text: LayoutText, layout: Layout): LayoutText {
  return {
    ...text,
    timestamp: `${layout.timestampBits}`,
    datacenter: `${layout.datacenterBits}`,
    machine: `${layout.machineBits}`,
    sequence: `${layout.sequenceBits}`,
  };
}

function waitMs(
  subject: { readonly layout: Layout; readonly capacity: ReturnType<typeof capacityOf> } | null,
): number | null {
  if (subject === null || subject.capacity.wait.kind === "unstable") return null;
  return subject.capacity.wait.meanTicks * subject.layout.tickMs;
}
