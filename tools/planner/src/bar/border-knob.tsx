import type { Layout } from "@shardflake/core";
import type { VNode } from "preact";
import { useRef } from "preact/hooks";
import { BITS, type Border, lengthsOf, positionOf, rangeOf } from "../state/move-border.js";
import { SECTIONS } from "../state/plan-state.js";

/** How far a key moves a border; Home and End move it as far as it goes. */
const STEPS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -4,
  PageUp: 4,
  Home: -BITS,
  End: BITS,
};

/** A knob that moves one border: by mouse, finger or pen, or by keys. */
export function BorderKnob(props: {
  readonly name: "A" | "B";
  readonly border: Border;
  readonly layout: Layout;
  /** Where the knob is, and where its border is, in pixels from the left of the bar. */
  readonly leftPx: number;
  readonly borderPx: number;
  /** The pointer has moved the border there. */
  readonly onDrag: (px: number) => void;
  /** A key has moved it there, in bits. */
  readonly onStep: (position: number) => void;
}): VNode {
  const { name, border, layout, leftPx, borderPx, onDrag, onStep } = props;
  // Where the pointer took hold, relative to the border: it must not jump to the pointer.
  const held = useRef<number | null>(null);
  const [least, most] = rangeOf(layout, border);
  const position = positionOf(layout, border);
  return (
    <div
      class={`knob border-${border}`}
      style={{ left: `${leftPx}px` }}
      role="slider"
      tabIndex={0}
      aria-label={`Layout ${name}: border between ${leftOf(border)} and ${SECTIONS[border]}`}
      aria-orientation="horizontal"
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={position}
      aria-valuetext={valueText(layout, border)}
      onPointerDown={(event) => {
        held.current = event.clientX - borderPx;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (held.current !== null) onDrag(event.clientX - held.current);
      }}
      onPointerUp={() => {
        held.current = null;
      }}
      onPointerCancel={() => {
        held.current = null;
      }}
      onKeyDown={(event) => {
        const step = STEPS[event.key];
        if (step === undefined) return;
        event.preventDefault();
        onStep(position + step);
      }}
    >
      <span aria-hidden="true" />
    </div>
  );
}

function leftOf(border: Border): string {
  return border === 0 ? "unused bits" : SECTIONS[border - 1]!;
}

function valueText(layout: Layout, border: Border): string {
  const lengths = lengthsOf(layout);
  const left = border === 0 ? BITS - layout.totalBits : lengths[border - 1]!;
  return `${leftOf(border)} ${left} bits, ${SECTIONS[border]} ${lengths[border]} bits`;
}
