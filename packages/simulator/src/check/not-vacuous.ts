import type { InvariantResult } from "../outcome/outcome.js";
import type { FaultsSeen } from "./report/faults-seen.js";

/** Every scheduled fault was seen: a run that withstood faults which never happened shows nothing. */
export function notVacuous(faults: FaultsSeen): InvariantResult {
  const { seen } = faults;
  const count = seen.filter((wasSeen) => wasSeen).length;
  return {
    name: "not-vacuous",
    verdict: count === seen.length ? "pass" : "unknown",
    figure: `${count} faults seen`,
    bound: `all ${seen.length} scheduled`,
  };
}
