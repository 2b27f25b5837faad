import type { Layout } from "@shardflake/core";
import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import type { TakenApart } from "../id/take-apart.js";
import { BITS, BORDERS, type Border, lengthsOf, moveBorder, positionOf } from "../state/move-border.js";
import { SECTIONS } from "../state/plan-state.js";
import { BorderKnob } from "./border-knob.js";
import { placeKnobs } from "./place-knobs.js";

/** Cells of the bar: the sign bit, and the bits that a layout may use. */
const CELLS = BITS + 1;
/** Width of a knob, which is also how far apart two are at least: enough for a finger. */
const KNOB_PX = 34;

/** The 64 bits as one bar with borders to drag, and the bits of a pasted ID in them. */
export function BitBar(props: {
  readonly name: "A" | "B";
  readonly layout: Layout;
  readonly taken: TakenApart;
  readonly widthPx: number;
  readonly onMove: (layout: Layout) => void;
}): VNode {
  const { name, layout, taken, widthPx, onMove } = props;
  const cell = widthPx / CELLS;
  const borderPx = BORDERS.map((border) => (positionOf(layout, border) + 1) * cell);
  const knobPx = placeKnobs(borderPx, KNOB_PX, widthPx);
  const dragTo = (border: Border, px: number): void => {
    const moved = moveBorder(layout, border, px / cell - 1);
    if (positionOf(moved, border) !== positionOf(layout, border)) onMove(moved);
  };
  const id = taken.kind === "id" ? taken.id : null;
  const idBits = useMemo(() => id !== null && <IdBits id={id} />, [id]);
  const unused = BITS - layout.totalBits;
  return (
    <div class="bit-bar">
      <p
        class={`js-border ${layout.fitsNumber ? "safe" : "unsafe"}`}
        style={{ left: `${(100 * (CELLS - 53)) / CELLS}%` }}
      >
        <span>
          {layout.fitsNumber ? "exact in JavaScript ✓" : `${layout.totalBits - 53} bits past JavaScript’s 53`}
        </span>
      </p>
      <div class={`segments ${taken.kind === "id" ? "with-id" : ""}`}>
        <div class="segment sign" style={{ width: share(1) }} title="sign bit, always 0">
          0
        </div>
        {unused > 0 && <div class="segment unused" style={{ width: share(unused) }} title={`${unused} bits unused`} />}
        {lengthsOf(layout).map((bits, i) => {
          const section = SECTIONS[i]!;
          if (bits === 0) return null;
          return (
            <div
              key={section}
              class={`segment ${section}`}
              style={{ width: share(bits) }}
              title={`${section}: ${bits} bits`}
            >
              {bits * cell > 18 && <span class="bits">{bits}</span>}
              {bits * cell > 96 && <span class="name">{section}</span>}
            </div>
          );
        })}
        {idBits}
      </div>
      <div class="knobs">
        <svg class="leaders" aria-hidden="true" width={widthPx} height="18">
          {BORDERS.map((border) => (
            <polyline
              key={border}
              points={`${borderPx[border]},0 ${borderPx[border]},5 ${knobPx[border]},14 ${knobPx[border]},18`}
            />
          ))}
        </svg>
        {BORDERS.map((border) => (
          <BorderKnob
            key={border}
            name={name}
            border={border}
            layout={layout}
            leftPx={knobPx[border]!}
            borderPx={borderPx[border]!}
            onDrag={(px) => dragTo(border, px)}
            onStep={(position) => onMove(moveBorder(layout, border, position))}
          />
        ))}
      </div>
    </div>
  );
}

/** The bits of an ID over the bar, from the sign bit down. */
function IdBits({ id }: { readonly id: bigint }): VNode {
  const digits = id.toString(2).padStart(CELLS, "0");
  return (
    <div class="id-bits" aria-hidden="true">
      {[...digits].map((digit, i) => (
        <i key={i} class={digit === "1" ? "one" : "zero"}>
          {digit}
        </i>
      ))}
    </div>
  );
}

function share(bits: number): string {
  return `${(100 * bits) / CELLS}%`;
}
