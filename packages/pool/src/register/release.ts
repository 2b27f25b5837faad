import { type PlanBasis, replace } from "./plan.js";
import type { RegisterWrite, StoredRegister } from "./register.js";

/**
 * Gives a register back. The slot must have been closed before `last` was read from it.
 *
 * The limit of a live register falls to the last tick issued, so that a successor can start at once; a backfill period
 * stays spent as a whole.
 *
 * @param stored the register as the store has it; it must be held by this holder
 * @param last highest tick the holder may have issued
 */
export function planRelease(basis: PlanBasis, stored: StoredRegister, last: number): RegisterWrite {
  const { floor, limit, generation, purpose } = stored.register;
  return replace(stored, basis, {
    holder: null,
    generation: generation + 1,
    limit: purpose === "backfill" ? limit : Math.max(floor, last),
  });
}

/**
 * Ends whatever claim stands on a register. Nobody knows how far its holder came, so the limit stays.
 */
export function planForceRelease(basis: PlanBasis, stored: StoredRegister): RegisterWrite {
  return replace(stored, basis, { holder: null, generation: stored.register.generation + 1 });
}
