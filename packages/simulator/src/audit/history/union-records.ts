import type { Sections } from "../sections.js";
import { RECORD_WORDS, recordExtra, recordHigh, recordLastLow, recordLow, writeRecord } from "./record.js";

/**
 * Joins sorted records that touch or overlap within one tick and machine ID, in place, and keeps the number of IDs seen
 * more than once. Returns how many records are left.
 */
export function unionRecords(records: Int32Array, count: number, sections: Sections): number {
  let written = -RECORD_WORDS;
  for (let at = 0; at < count * RECORD_WORDS; at += RECORD_WORDS) {
    const high = recordHigh(records, at);
    const low = recordLow(records, at);
    const lastLow = recordLastLow(records, at);
    const extra = recordExtra(records, at);
    if (written >= 0) {
      const startLow = recordLow(records, written);
      const reach = recordLastLow(records, written) >>> 0;
      if (low >>> 0 <= reach + 1 && sections.sameSection(high, low, recordHigh(records, written), startLow)) {
        const overlap = Math.max(0, Math.min(reach, lastLow >>> 0) - (low >>> 0) + 1);
        const sum = recordExtra(records, written) + extra + overlap;
        writeRecord(records, written, high, startLow, Math.max(reach, lastLow >>> 0), sum);
        continue;
      }
    }
    written += RECORD_WORDS;
    writeRecord(records, written, high, low, lastLow, extra);
  }
  return written / RECORD_WORDS + 1;
}
