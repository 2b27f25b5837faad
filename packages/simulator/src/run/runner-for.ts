import { extname } from "node:path";
import type { RunnerSpec } from "./runner.js";

/** What is put to the test, and in which world. */
export type TestBed =
  /** Our generators and keepers, in simulated time. */
  | { readonly kind: "virtual" }
  /** The real pool with its worker threads, in real time. */
  | { readonly kind: "pool" }
  /** A ready subject by its name, or the module in a file. */
  | { readonly kind: "subject"; readonly subject: string };

const RUNNERS_FILE = new URL(`./world-runners${extname(import.meta.url)}`, import.meta.url);

/** A pool has leases to return and a directory to remove. */
const GRACE_MS: Readonly<Record<TestBed["kind"], number>> = { virtual: 250, subject: 250, pool: 1500 };

/** The runner for threads. Whether a subject exists is known when the first scenario is run. */
export function runnerFor(bed: TestBed): RunnerSpec {
  return { module: RUNNERS_FILE.href, export: `${bed.kind}Runner`, options: bed, graceMs: GRACE_MS[bed.kind] };
}
