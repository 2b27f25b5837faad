import type { Layout } from "@shardflake/core";
import { Sections } from "../audit/sections.js";

/**
 * What was told of one answer: consecutive IDs of one tick and machine ID. One record is written over and over, because
 * an object an answer would cost more than the checks.
 */
export class Sighting {
  holding = 0;
  requestedMs = 0;
  completedMs = 0;
  errorMs = 0;
  /** The halves of the first ID, unsigned. */
  high = 0;
  low = 0;
  /** Low half of the last ID; its high half is that of the first. */
  lastLow = 0;
  count = 0;
  tick = 0;
  /** Start of the tick in true time since the start of the scenario. */
  tickStartMs = 0;
  /** Datacenter ID and machine ID that the ID carries, as one number. */
  key = 0;
}

/** Takes IDs apart by the layout, with nothing of the code that is checked. */
export class Decoder {
  readonly sections: Sections;
  readonly #tickMs: number;
  readonly #epochMs: number;

  /** @param startMs true time at the start of the scenario, Unix milliseconds */
  constructor(layout: Layout, startMs: number) {
    this.sections = new Sections(layout);
    this.#tickMs = layout.tickMs;
    this.#epochMs = layout.epochMs - startMs;
  }

  /** Sets the IDs, of one tick and machine ID, and all that follows from them. */
  decode(sighting: Sighting, high: number, low: number, count: number): void {
    const { sections } = this;
    sighting.high = high;
    sighting.low = low;
    sighting.lastLow = low + count - 1;
    sighting.count = count;
    sighting.tick = sections.tick(high, low);
    sighting.tickStartMs = this.tickStartMs(sighting.tick);
    sighting.key = sections.machineKey(high, low);
  }

  /** Start of a tick in true time since the start of the scenario. */
  tickStartMs(tick: number): number {
    return this.#epochMs + tick * this.#tickMs;
  }

  /** How many consecutive IDs from this low half on share its tick and machine ID. */
  room(low: number): number {
    return ((~low & this.sections.sequenceMask) >>> 0) + 1;
  }
}
