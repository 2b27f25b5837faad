import type { Outcome } from "../outcome/outcome.js";

/** What the checks of a run came to: everything of its outcome that follows from what was told. */
export type CheckResult = Omit<Outcome, "verdict" | "traceHash" | "scenario">;
