import { syncBuiltinESMExports } from "node:module";
import { replaceAtomicsWait } from "./replace-atomics-wait.js";
import { replaceDate } from "./replace-date.js";
import { replaceMonotonic } from "./replace-monotonic.js";
import { replaceRandomness } from "./replace-randomness.js";
import { replaceTimers } from "./replace-timers.js";
import type { Stage } from "./stage.js";

/**
 * Replaces, in this thread and for good, everything from which plain JavaScript learns the time, waits or draws at
 * random. Only for a thread that belongs to a subject alone. Out of reach are native addons, child processes, threads
 * that the subject starts itself, and `Intl` and `util.inspect` where they look at the time on their own.
 */
export function replaceGlobals(stage: Stage): void {
  replaceDate(stage);
  replaceMonotonic(stage);
  replaceTimers(stage);
  replaceAtomicsWait(stage);
  replaceRandomness(stage);
  // Named imports of built-in modules are copies of what the modules export.
  syncBuiltinESMExports();
}
