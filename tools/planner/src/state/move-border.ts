import { defineLayout, type Layout, LayoutError } from "@shardflake/core";

/** Bits in an ID below its sign bit. */
export const BITS = 63;

/** Borders from the left: before the timestamp, before the datacenter, before the machine, before the sequence. */
export const BORDERS = [0, 1, 2, 3] as const;
export type Border = (typeof BORDERS)[number];

const MOST = [53, 16, 16, 32] as const;

/** The lengths of the sections, from the left. */
export function lengthsOf(layout: Layout): readonly [number, number, number, number] {
  return [layout.timestampBits, layout.datacenterBits, layout.machineBits, layout.sequenceBits];
}

/** Where a border is, in bits from the left end of the 63. */
export function positionOf(layout: Layout, border: Border): number {
  const right = lengthsOf(layout).slice(border);
  return BITS - right.reduce((sum, bits) => sum + bits, 0);
}

/** How far a border may go, in bits from the left: the sections beside it take and give, all others stay. */
export function rangeOf(layout: Layout, border: Border): readonly [number, number] {
  const lengths = lengthsOf(layout);
  const position = positionOf(layout, border);
  const left = border === 0 ? BITS - layout.totalBits : lengths[border - 1]!;
  const right = lengths[border]!;
  const [leastLeft, mostLeft] = border === 0 ? [0, BITS] : [border === 1 ? 1 : 0, MOST[border - 1]!];
  const leastRight = border === 0 ? 1 : 0;
  return [
    position - Math.min(left - leastLeft, MOST[border]! - right),
    position + Math.min(mostLeft - left, right - leastRight),
  ];
}

/** The layout with a border as near to a position as it may go. */
export function moveBorder(layout: Layout, border: Border, position: number): Layout {
  const [least, most] = rangeOf(layout, border);
  const from = positionOf(layout, border);
  const wanted = Math.min(most, Math.max(least, Math.round(position)));
  // A long timestamp may end after the last date there is; then the border stops short of it.
  for (let to = wanted; to !== from; to += Math.sign(from - to)) {
    const moved = tryMove(layout, border, to - from);
    if (moved !== undefined) return moved;
  }
  return layout;
}

function tryMove(layout: Layout, border: Border, by: number): Layout | undefined {
  const lengths = [...lengthsOf(layout)];
  lengths[border]! -= by;
  if (border > 0) lengths[border - 1]! += by;
  const [timestampBits, datacenterBits, machineBits, sequenceBits] = lengths as [number, number, number, number];
  const { tickMs, epochMs } = layout;
  try {
    return defineLayout({ timestampBits, datacenterBits, machineBits, sequenceBits, tickMs, epoch: epochMs });
  } catch (error) {
    if (error instanceof LayoutError) return undefined;
    throw error;
  }
}
