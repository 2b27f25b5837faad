import type { DesignName } from "./designs/design.js";
import type { Cells } from "./measurement/cells.js";
import type { Verdict } from "./verdict/verdict.js";

/** What a comparison found. It is plain data, ready for JSON. */
export interface Comparison {
  readonly settings: ComparisonSettings;
  readonly host: { readonly node: string; readonly cpus: number; readonly cpu: string };
  /** The version of PostgreSQL, as it names itself. */
  readonly database: string;
  /** How long all of it took. */
  readonly seconds: number;
  readonly designs: readonly DesignResult[];
}

export interface ComparisonSettings {
  /** How long all loads on one design took together, about. */
  readonly secondsPerDesign: number;
  /** Servers of each design that has any number of them. */
  readonly servers: number;
  /** Rows of the table for each kind of ID. */
  readonly rows: number;
  readonly database: "embedded" | "postgres";
}

export interface DesignResult {
  readonly name: DesignName;
  readonly title: string;
  readonly cells: Cells;
  readonly verdicts: readonly Verdict[];
}
