import { presets } from "@shardflake/core";
import type { VNode } from "preact";
import { BitBar } from "./bar/bit-bar.js";
import { LayoutFields } from "./fields/layout-fields.js";
import type { TakenApart } from "./id/take-apart.js";
import { type LayoutText, layoutText, type PlanState, withSections } from "./state/plan-state.js";
import type { ShownLayout } from "./state/use-layout.js";

/** One layout: its bar to drag and its fields to type. */
export function LayoutCard(props: {
  readonly name: "A" | "B";
  readonly isAlone: boolean;
  readonly text: LayoutText;
  readonly shown: ShownLayout;
  readonly taken: TakenApart;
  readonly widthPx: number;
  readonly onChange: (change: Partial<PlanState>) => void;
}): VNode {
  const { name, isAlone, text, shown, taken, widthPx, onChange } = props;
  const { reading, layout } = shown;
  const setText = (next: LayoutText): void => onChange(name === "A" ? { a: next } : { b: next });
  return (
    <section class="card layout" aria-labelledby={`layout-${name}`}>
      <header>
        <h2 id={`layout-${name}`}>
          {isAlone ? (
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
        {name === "B" && (
          <button type="button" onClick={() => onChange({ b: null })}>
            Remove
          </button>
        )}
        {isAlone && (
          <button type="button" onClick={() => onChange({ b: layoutText(presets["js-safe"]) })}>
            Compare with another
          </button>
        )}
      </header>
      <BitBar
        name={name}
        layout={layout}
        taken={taken}
        widthPx={widthPx}
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
}
