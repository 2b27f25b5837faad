import { doneTick } from "./floor.js";
import { isWithinLead, limitAhead } from "./limit.js";
import { lapseOf, type PlanBasis, replace } from "./plan.js";
import type { RegisterWrite, StoredRegister } from "./register.js";

/** The write that renews one claim. Where the limit was refused, it stays and only the claim is renewed. */
export interface ExtendPlan {
  readonly write: RegisterWrite;
  readonly limit: "raised" | "kept" | "refused";
}

/**
 * Renews a claim and raises its limit to one window ahead of the clock, or of the last tick issued where the clock that
 * issues runs ahead of the one that renews. Never lowers a limit. A limit too far ahead of the store's clock is refused.
 *
 * Raises its floor, too, to where the holder is done; its slot must say so before this is written.
 *
 * @param stored the register as the store has it; it must be held by this holder
 * @param last highest tick the holder may have issued
 */
export function planExtend(basis: PlanBasis, stored: StoredRegister, last: number): ExtendPlan {
  const { layout, windowMs } = basis;
  const { limit: current, floor } = stored.register;
  const afterLast = Math.min(layout.maxTick, last + Math.ceil(windowMs / layout.tickMs));
  const wanted = Math.max(limitAhead(layout, basis.nowMs, windowMs), afterLast);
  const allowed = isWithinLead(basis, wanted);
  const limit = allowed ? Math.max(current, wanted) : current;
  return {
    write: replace(stored, basis, {
      floor: Math.max(floor, Math.min(limit, doneTick(basis))),
      limit,
      lapseMs: lapseOf(windowMs),
    }),
    limit: !allowed ? "refused" : limit > current ? "raised" : "kept",
  };
}
