import { defineLayout, describeValue, type Layout, ShardflakeError } from "@shardflake/core";
import type { DatabaseChoice } from "./database/databases.js";
import { DESIGN_NAMES } from "./designs/all-designs.js";
import type { DesignName } from "./designs/design.js";

/** What {@link compare} takes. */
export interface CompareOptions {
  /** How long all loads on one design take together, about. @default 5 */
  readonly seconds?: number;
  /** Servers of each design that has any number of them. @default 3 */
  readonly servers?: number;
  /** Rows of the table for each kind of ID. @default 1000000 */
  readonly rows?: number;
  /** Of Snowflake IDs. @default `defineLayout()` */
  readonly layout?: Layout;
  /** Where databases are. @default PGlite, in processes of the comparison */
  readonly database?: DatabaseChoice;
  /** Which designs. @default all */
  readonly designs?: readonly DesignName[];
  /** Told what is done now. */
  readonly onProgress?: (progress: Progress) => void;
  /** Ends it early, with everything cleared away. */
  readonly signal?: AbortSignal;
}

export interface Progress {
  /** Steps, of those that `comparisonSteps` counts. */
  readonly done: number;
  readonly design: DesignName;
  readonly step: string;
}

/** {@link CompareOptions}, complete and checked. */
export type CompareSettings = Required<CompareOptions>;

export const MOST_SERVERS = 8;
export const MOST_SECONDS = 600;
export const MOST_ROWS = 10_000_000;
const LEAST_ROWS = 1000;

/** @throws ShardflakeError `OPTION_INVALID` */
export function compareSettings(options: CompareOptions): CompareSettings {
  const {
    seconds = 5,
    servers = 3,
    rows = 1_000_000,
    database = { kind: "embedded" },
    designs = DESIGN_NAMES,
  } = options;
  if (!(typeof seconds === "number" && seconds > 0 && seconds <= MOST_SECONDS)) {
    throw invalid("seconds", `a number above 0, at most ${MOST_SECONDS}`, seconds);
  }
  if (!(Number.isSafeInteger(servers) && servers >= 2 && servers <= MOST_SERVERS)) {
    throw invalid("servers", `an integer from 2 to ${MOST_SERVERS}`, servers);
  }
  if (!(Number.isSafeInteger(rows) && rows >= LEAST_ROWS && rows <= MOST_ROWS)) {
    throw invalid("rows", `an integer from ${LEAST_ROWS} to ${MOST_ROWS}`, rows);
  }
  if (database.kind === "postgres" && database.urls.length === 0) throw invalid("database.urls", "one at least", []);
  const unknown = designs.find((name) => !DESIGN_NAMES.includes(name));
  if (unknown !== undefined) throw invalid("designs", `some of ${DESIGN_NAMES.join(", ")}`, unknown);
  const { layout = defineLayout(), onProgress = () => {}, signal = new AbortController().signal } = options;
  return { seconds, servers, rows, layout, database, designs, onProgress, signal };
}

function invalid(name: string, expected: string, got: unknown): ShardflakeError {
  return new ShardflakeError("OPTION_INVALID", `Expected \`${name}\` to be ${expected}, got ${describeValue(got)}.`);
}
