import { IS_SIMPLE, LAST_HIGH, LAST_LOW, type MachineLedger, ROW_WORDS } from "./machine-ledger.js";
import type { OrderAudit } from "./order-audit.js";
import type { Sections } from "./sections.js";

/** Whether {@link scanTick} can read this layout's machine IDs: tick apart, all of an ID lies in the low half. */
export function canScanTicks(sections: Sections, ledger: MachineLedger): boolean {
  const { sequenceBits } = sections.layout;
  return ledger.isDense && sequenceBits > 0 && sequenceBits + sections.machineBits < 32;
}

/**
 * Goes on from the last ID as long as nothing but the sequence of some machine ID rises: the IDs stay in the tick of the
 * last one, which is the latest tick, and every machine ID was seen in it before. Where machine IDs take turns that is
 * nearly every ID, and half of what an audit otherwise looks at is known beforehand.
 *
 * @returns where the first ID stands that is anything else, or the second of a run
 */
export function scanTick(
  halves: Int32Array,
  start: number,
  end: number,
  order: OrderAudit,
  sections: Sections,
  { rows, counts }: MachineLedger,
): number {
  const { sequenceMask, machineMask, tickLowMask } = sections;
  const { sequenceBits } = sections.layout;
  const high = order.lastHigh;
  const sectionMask = ~sequenceMask;
  // Within a tick of less than 32 bits the bits above are equal, so low halves compare as they are, whatever their sign.
  let { lastLow, maxLow, outOfOrder } = order;
  const tickLow = lastLow & tickLowMask;
  let at = start;
  for (; at < end; at += 2) {
    const low = halves[at] as number;
    if (halves[at + 1] !== high || (low & tickLowMask) !== tickLow || low === lastLow + 1) break;
    const slot = (low >>> sequenceBits) & machineMask;
    const row = slot * ROW_WORDS;
    const knownLow = rows[row + LAST_LOW] as number;
    if (low <= knownLow || ((low ^ knownLow) & sectionMask) !== 0 || rows[row + LAST_HIGH] !== high) break;
    if (rows[row + IS_SIMPLE] !== 1) break;
    rows[row + LAST_LOW] = low;
    (counts[slot] as number) += 1;
    if (low < lastLow) outOfOrder++;
    if (low > maxLow) maxLow = low;
    lastLow = low;
  }
  order.lastLow = lastLow;
  order.maxLow = maxLow;
  order.outOfOrder = outOfOrder;
  return at;
}
