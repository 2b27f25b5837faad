import type { Layout } from "@shardflake/core";
import { findRegister } from "./candidates.js";
import { doneTick } from "./floor.js";
import { machineAt } from "./machine-id.js";
import { type PlanBasis, replace } from "./plan.js";
import type { MachineId, RegisterWrite, StoredRegister } from "./register.js";
import { planForceRelease } from "./release.js";

/** Dead holders whose registers are given back in one write. */
const MOST_RETIRED = 1000;

/**
 * The register that holds no machine ID but the mark of the namespace: a tick that nobody starts at or below who acquires
 * from then on. It has the number after the last machine ID, in every layout.
 */
export function horizonId(layout: Layout): MachineId {
  return machineAt(layout, layout.machines);
}

/** The mark of the namespace; 0 where nobody has asked for a horizon yet. */
export function markOf({ layout, registers }: Pick<PlanBasis, "layout" | "registers">): number {
  return findRegister(registers, horizonId(layout)).register.limit;
}

/**
 * The highest tick of which the registers say that no request which begins after they were read gets an ID in it, or below:
 * holders are above their floors, and whoever acquires starts above the mark, which it reads after it is among the holders.
 */
export function horizonOf(basis: PlanBasis): number {
  return Math.min(markOf(basis), ...holders(basis).map(({ register }) => register.floor));
}

/**
 * What brings the horizon forward: the mark rises to the lowest floor of those whose claims stand, or to where a holder
 * would be who starts now; and registers of dead holders, whose floors rise no more, are given back, by the same lapse that
 * lets others take them. None where there is nothing to be brought forward.
 */
export function planHorizon(basis: PlanBasis): RegisterWrite[] {
  const held = holders(basis);
  const standing = held.filter(({ claimed }) => claimed);
  const tick = Math.min(doneTick(basis), ...standing.map(({ register }) => register.floor));
  const writes = held
    .filter(({ claimed }) => !claimed)
    .slice(0, MOST_RETIRED)
    .map((stored) => planForceRelease(basis, stored));
  const mark = findRegister(basis.registers, horizonId(basis.layout));
  if (tick > mark.register.limit) {
    writes.push(replace(mark, basis, { purpose: "horizon", floor: tick, limit: tick }));
  }
  return writes;
}

function holders({ registers }: PlanBasis): StoredRegister[] {
  return registers.filter(({ register }) => register.purpose === "live" && register.holder !== null);
}
