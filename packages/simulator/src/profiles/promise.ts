import type { Scenario } from "../scenario/scenario.js";
import { targetsOf } from "../scenario/targets.js";

/**
 * Whether a process gives its machine ID back after it was copied. Its successor then starts where it ended, and the copy
 * may still issue up to the limit it was copied with: they can collide there. Nobody can prevent that, because a process
 * does not know of its copies; it is outside the promise, so a profile does not ask for it.
 */
export function releasesWhatWasCopied(scenario: Scenario): boolean {
  const { faults } = scenario;
  return faults.some(
    (copied, place) =>
      copied.kind === "clone" &&
      faults.some(
        (restart, other) =>
          restart.kind === "restart" &&
          restart.exit === "release" &&
          restart.atMs >= copied.atMs &&
          targetsOf(scenario, other).some((shard) => targetsOf(scenario, place).includes(shard)),
      ),
  );
}
