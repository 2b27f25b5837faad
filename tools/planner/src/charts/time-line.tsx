import { type Layout, YEAR_MS } from "@shardflake/core";
import { numberMargin } from "@shardflake/core/capacity";
import type { VNode } from "preact";
import { dayText } from "../facts/facts.js";
import { roundTicks } from "./scale.js";

/** A layout on the line. */
export interface Life {
  readonly name: "A" | "B";
  readonly layout: Layout;
}

const ROW_PX = 46;
const AXIS_PX = 30;
const SIDE_PX = 12;
/** Years that the line shows: the shortest of these in which everything has room, so that it does not shrink while one drags. */
const SPANS_YEARS = [0.1, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

/** From the epoch to the last tick, with today and the passing of 2^53. */
export function TimeLine(props: {
  readonly lives: readonly Life[];
  readonly nowMs: number;
  readonly widthPx: number;
}): VNode {
  const { lives, nowMs, widthPx: width } = props;
  const startMs = Math.min(...lives.map(({ layout }) => layout.epochMs));
  const lastYears = Math.max(...lives.map(({ layout }) => (layout.lifetimeEndMs - startMs) / YEAR_MS));
  const spanYears = SPANS_YEARS.find((years) => years >= lastYears * 1.12) ?? SPANS_YEARS.at(-1)!;
  const x = (timeMs: number): number =>
    SIDE_PX + Math.min(1, (timeMs - startMs) / YEAR_MS / spanYears) * (width - 2 * SIDE_PX);
  const height = AXIS_PX + lives.length * ROW_PX + 8;
  const axisY = lives.length * ROW_PX + 8;
  const isNowShown = nowMs >= startMs && (nowMs - startMs) / YEAR_MS <= spanYears;
  return (
    <svg class="chart" width={width} height={height} role="img" aria-label={description(lives, nowMs)}>
      <line class="axis-line" x1={SIDE_PX} x2={width - SIDE_PX} y1={axisY} y2={axisY} />
      {roundTicks(spanYears, width < 480 ? 4 : 8).map((years, i) => (
        // Elements are used again when the scale changes, so they are told apart by their place.
        <g key={i} class="axis">
          <line x1={x(startMs + years * YEAR_MS)} x2={x(startMs + years * YEAR_MS)} y1={axisY} y2={axisY + 5} />
          <text x={x(startMs + years * YEAR_MS)} y={axisY + 20} text-anchor={anchor(years, spanYears)}>
            {yearText(startMs + years * YEAR_MS, spanYears)}
          </text>
        </g>
      ))}
      {lives.map((life, row) => (
        <LifeBand key={life.name} life={life} x={x} y={row * ROW_PX + 22} width={width} isAlone={lives.length === 1} />
      ))}
      {isNowShown && (
        <g class="today">
          <line x1={x(nowMs)} x2={x(nowMs)} y1={6} y2={axisY} />
          <text x={x(nowMs) + 5} y={12}>
            today
          </text>
        </g>
      )}
    </svg>
  );
}

function LifeBand(props: {
  readonly life: Life;
  readonly x: (timeMs: number) => number;
  readonly y: number;
  readonly width: number;
  readonly isAlone: boolean;
}): VNode {
  const { life, x, y, width, isAlone } = props;
  const { epochMs, lifetimeEndMs } = life.layout;
  const { bits, exactUntilMs } = numberMargin(life.layout);
  const [from, to] = [x(epochMs), x(lifetimeEndMs)];
  const isPast = bits < 0;
  // The text is where there is room for it: inside the band or, when it is short, behind it.
  const isInside = to - from > 190;
  return (
    <g class={`life of-${life.name}`}>
      <rect x={from} y={y} width={Math.max(2, to - from)} height="24" rx="4" />
      {isPast && (
        <rect class="inexact" x={x(exactUntilMs)} y={y + 20} width={Math.max(0, to - x(exactUntilMs))} height="4" />
      )}
      <text
        class={isInside ? "inside" : ""}
        x={isInside ? to - 8 : Math.min(to + 8, width - 150)}
        y={y + 15}
        text-anchor={isInside ? "end" : "start"}
      >
        {isAlone ? "" : `${life.name}: `}ends {dayText(lifetimeEndMs)}
      </text>
    </g>
  );
}

function anchor(years: number, span: number): "start" | "middle" | "end" {
  return years === 0 ? "start" : years > span * 0.97 ? "end" : "middle";
}

function yearText(timeMs: number, spanYears: number): string {
  if (spanYears >= 5) return `${new Date(timeMs).getUTCFullYear()}`;
  return new Date(timeMs).toISOString().slice(0, 7);
}

function description(lives: readonly Life[], nowMs: number): string {
  return lives
    .map(({ name, layout }) => {
      const over = layout.lifetimeEndMs <= nowMs ? ", which is over" : "";
      return `Layout ${name} lasts from ${dayText(layout.epochMs)} to ${dayText(layout.lifetimeEndMs)}${over}.`;
    })
    .join(" ");
}
