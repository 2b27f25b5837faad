import type { Load, Scenario } from "../../scenario/scenario.js";
import { simplerNumbers } from "./simpler-number.js";

/** The scenario with one number of one fault or of the load replaced by a simpler one. */
export function* simplerValues(scenario: Scenario): Generator<Scenario> {
  for (const [place, fault] of scenario.faults.entries()) {
    for (const simpler of withSimplerNumber(fault)) {
      yield { ...scenario, faults: scenario.faults.with(place, simpler) };
    }
  }
  const { load } = scenario;
  if (load.kind === "poisson") yield { ...scenario, load: { kind: "steady", idsPerSecond: load.idsPerSecond } };
  for (const simpler of withSimplerNumber<Load>(load)) yield { ...scenario, load: simpler };
}

function* withSimplerNumber<Item extends object>(item: Item): Generator<Item> {
  for (const [name, value] of Object.entries(item)) {
    if (typeof value !== "number") continue;
    for (const simpler of simplerNumbers(value)) yield { ...item, [name]: simpler };
  }
}
