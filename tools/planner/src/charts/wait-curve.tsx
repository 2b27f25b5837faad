import { countText, durationText, type Layout } from "@shardflake/core";
import type { VNode } from "preact";
import { useMemo } from "preact/hooks";
import { axisText, roundTicks } from "./scale.js";
import { type WaitPoint, waitPoints } from "./wait-points.js";

/** A layout in a chart. */
export interface Curve {
  readonly name: "A" | "B";
  readonly layout: Layout;
  readonly machinesInUse: number;
  /** Mean wait at the chosen load; null where the queue never settles. */
  readonly chosenWaitMs: number | null;
}

const HEIGHT = 260;
const MARGIN = { top: 26, right: 14, bottom: 40, left: 52 };
/** Waits below the lowest are as good as none. */
const LOWEST_MS = 1e-6;
const HIGHEST_MS = 1e4;
const WAIT_TICKS_MS = [1e-6, 1e-3, 1, 1e3];

/** Mean wait against load, with the chosen load marked. */
export function WaitCurve(props: {
  readonly curves: readonly Curve[];
  readonly idsPerSecond: number;
  readonly widthPx: number;
}): VNode {
  const { curves, idsPerSecond, widthPx: width } = props;
  const most = Math.max(...curves.map(ceilingOf)) * 1.04;
  const x = (rate: number): number =>
    MARGIN.left + (Math.min(rate, most) / most) * (width - MARGIN.left - MARGIN.right);
  const y = (ms: number): number => {
    const share =
      Math.log(Math.min(HIGHEST_MS, Math.max(LOWEST_MS, ms)) / LOWEST_MS) / Math.log(HIGHEST_MS / LOWEST_MS);
    return HEIGHT - MARGIN.bottom - share * (HEIGHT - MARGIN.top - MARGIN.bottom);
  };
  const isBeyond = idsPerSecond > most;
  const chosenX = x(idsPerSecond);
  return (
    <svg class="chart" width={width} height={HEIGHT} role="img" aria-label={description(curves, idsPerSecond)}>
      {WAIT_TICKS_MS.map((ms) => (
        <g key={ms} class="grid">
          <line x1={MARGIN.left} x2={width - MARGIN.right} y1={y(ms)} y2={y(ms)} />
          <text x={MARGIN.left - 8} y={y(ms) + 4} text-anchor="end">
            {ms === LOWEST_MS ? "none" : durationText(ms)}
          </text>
        </g>
      ))}
      {roundTicks(most, width < 480 ? 3 : 6).map((rate, i) => (
        // Elements are used again when the scale changes, so they are told apart by their place.
        <text key={i} class="axis" x={x(rate)} y={HEIGHT - MARGIN.bottom + 18} text-anchor="middle">
          {axisText(rate)}
        </text>
      ))}
      <text class="axis" x={width - MARGIN.right} y={HEIGHT - 6} text-anchor="end">
        IDs a second, all machine IDs in use
      </text>
      {curves.map((curve) => (
        <CurveLine key={curve.name} curve={curve} x={x} y={y} />
      ))}
      <g class="chosen">
        <line x1={chosenX} x2={chosenX} y1={MARGIN.top - 6} y2={HEIGHT - MARGIN.bottom} />
        <text x={chosenX} y={MARGIN.top - 12} text-anchor={anchorAt(chosenX, width)}>
          {isBeyond ? "your load, beyond →" : `your load, ${axisText(idsPerSecond)}/s`}
        </text>
        {curves.map(({ name, chosenWaitMs }) =>
          chosenWaitMs === null ? null : (
            <circle key={name} class={`of-${name}`} cx={chosenX} cy={y(chosenWaitMs)} r="5" />
          ),
        )}
      </g>
    </svg>
  );
}

function CurveLine(props: {
  readonly curve: Curve;
  readonly x: (rate: number) => number;
  readonly y: (ms: number) => number;
}): VNode {
  const { curve, x, y } = props;
  const { name, layout, machinesInUse } = curve;
  const points = useMemo(() => waitPoints(layout, machinesInUse), [layout, machinesInUse]);
  const ceilingX = x(ceilingOf(curve));
  const path = [{ idsPerSecond: 0, meanWaitMs: 0 }, ...points].map((point) => pairOf(point, x, y)).join(" ");
  return (
    <g class={`curve of-${name}`}>
      <line class="ceiling" x1={ceilingX} x2={ceilingX} y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} />
      <polyline points={`${path} ${ceilingX},${MARGIN.top}`} />
    </g>
  );
}

function pairOf(point: WaitPoint, x: (rate: number) => number, y: (ms: number) => number): string {
  return `${x(point.idsPerSecond).toFixed(1)},${y(point.meanWaitMs).toFixed(1)}`;
}

function ceilingOf({ layout, machinesInUse }: Curve): number {
  return (layout.idsPerTick * machinesInUse * 1000) / layout.tickMs;
}

function anchorAt(x: number, width: number): "start" | "middle" | "end" {
  return x < 90 ? "start" : x > width - 90 ? "end" : "middle";
}

function description(curves: readonly Curve[], idsPerSecond: number): string {
  const waits = curves.map((curve) => {
    const wait = curve.chosenWaitMs === null ? "never settles" : `waits ${durationText(curve.chosenWaitMs)} on average`;
    return `layout ${curve.name} ${wait} and ends at ${countText(ceilingOf(curve))} a second`;
  });
  return `Mean wait against load. At ${countText(idsPerSecond)} IDs a second, ${waits.join("; ")}.`;
}
