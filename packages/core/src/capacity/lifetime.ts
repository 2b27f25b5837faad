import type { Layout } from "../layout.js";
import { YEAR_MS } from "../year.js";

/** How long the timestamp section lasts from the layout's epoch, in years of 365.2425 days: 2^timestampBits ticks. */
export function lifetimeYears({ timestampBits, tickMs }: Pick<Layout, "timestampBits" | "tickMs">): number {
  return (2 ** timestampBits * tickMs) / YEAR_MS;
}

/** What is between a layout and JavaScript's numbers, which are exact up to 2^53 − 1 (ECMA-262, MAX_SAFE_INTEGER). */
export interface NumberMargin {
  /** 53 less the bits in use: 0 or more where every ID is exact as a number. */
  readonly bits: number;
  /**
   * Unix millisecond from which IDs are 2^53 or more; the end of the lifetime where none ever is, and the epoch, or
   * shortly after it, where the sections below the timestamp take 53 bits or more.
   */
  readonly exactUntilMs: number;
}

/** Until when IDs of the layout are exact as numbers: their timestamp has 53 bits less those of the sections below it. */
export function numberMargin(layout: Layout): NumberMargin {
  const { timestampBits, totalBits, epochMs, tickMs } = layout;
  const exactTicks = 2 ** Math.min(timestampBits, 53 - (totalBits - timestampBits));
  return { bits: 53 - totalBits, exactUntilMs: epochMs + Math.floor(exactTicks) * tickMs };
}
