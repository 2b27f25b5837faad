import type { Cell } from "../cell.js";
import type { Cells } from "../measurement/cells.js";

/** The requirements of the classic problem: "design a unique ID generator in distributed systems". */
export const REQUIREMENTS = [
  "unique",
  "sortable by time",
  "numeric",
  "64-bit",
  "10,000 IDs/s",
  "highly available",
] as const;

export type Requirement = (typeof REQUIREMENTS)[number];

export interface Verdict {
  readonly requirement: Requirement;
  readonly verdict: "yes" | "no" | "unknown";
  /** The measurement that says so. */
  readonly because: string;
}

/** IDs that were made further apart than this must be in order: servers of one host share its clock, but not its cores. */
const SORTABLE_WITHIN_MS = 10;
/** Of fewer, being in order says nothing. */
const LEAST_IDS = 100;
const WANTED_IDS_PER_SECOND = 10_000;
/** Clients that waited for most of the time that a server was away were waiting for that server. */
const LONGEST_WAIT_SHARE = 0.5;

/** Holds the cells of a design against every requirement. */
export function verdictsOf(cells: Cells): readonly Verdict[] {
  return [
    judge("unique", cells.unique, ({ duplicates, ids }) => [
      duplicates === 0,
      `${duplicates} duplicates in ${ids} IDs`,
    ]),
    judge("sortable by time", cells.orderAcross, ({ ids, inversion }) => [
      inversion.ms <= SORTABLE_WITHIN_MS && (ids >= LEAST_IDS || "unknown"),
      `largest inversion ${inversion.ms.toFixed(1)} ms in ${ids} IDs, at most ${SORTABLE_WITHIN_MS} wanted`,
    ]),
    judge("numeric", cells.form, ({ isNumeric }) => [
      isNumeric,
      isNumeric ? "a number" : "a text of digits and letters",
    ]),
    judge("64-bit", cells.form, ({ fitsBigint, storedBits }) => [fitsBigint, `${storedBits} bits`]),
    judge("10,000 IDs/s", cells.rateMany, (rate) => [
      rate >= WANTED_IDS_PER_SECOND,
      `${Math.round(rate)} IDs/s by many`,
    ]),
    judge("highly available", cells.kill, ({ outageMs, backAfterMs, duplicates }) => [
      outageMs <= backAfterMs * LONGEST_WAIT_SHARE && duplicates === 0,
      `longest wait ${Math.round(outageMs)} ms while a server was away for ${Math.round(backAfterMs)} ms`,
    ]),
  ];
}

function judge<Value>(
  requirement: Requirement,
  cell: Cell<Value>,
  look: (value: Value) => readonly [holds: boolean | "unknown", because: string],
): Verdict {
  if (cell.kind === "unmeasured") return { requirement, verdict: "unknown", because: cell.why };
  const [holds, because] = look(cell.value);
  return { requirement, verdict: holds === "unknown" ? holds : holds ? "yes" : "no", because };
}
