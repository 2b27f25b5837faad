import fc from "fast-check";
import { type Guarantee, guarantees } from "./guarantees.js";
import { type ClockKind, type CreateGenerator, play } from "./history.js";
import { anyScenario, type Scenario } from "./scenario.js";

/** The guarantee as a property of all scenarios. */
export function keeps(
  guarantee: Guarantee,
  clockKind: ClockKind,
  create: CreateGenerator,
): fc.IAsyncPropertyWithHooks<[Scenario]> {
  return fc.asyncProperty(anyScenario, async (scenario) => {
    const broken = guarantees[guarantee](await play(scenario, clockKind, create), scenario, clockKind);
    if (broken !== undefined) throw new Error(broken);
  });
}
