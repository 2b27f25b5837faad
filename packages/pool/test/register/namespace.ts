import { defineLayout, type Layout, tickAt } from "@shardflake/core";
import fc from "fast-check";
import type { LiveRequest } from "../../src/register/acquire.js";
import type { PlanBasis } from "../../src/register/plan.js";
import type { Register, StoredRegister } from "../../src/register/register.js";
import { HELD } from "../store/registers.js";

export const LAYOUT: Layout = defineLayout({ datacenterBits: 1, machineBits: 2, epoch: 0 });
export const NOW_MS: number = 1_000_000;
/** The tick of {@link NOW_MS}. */
export const TICK: number = tickAt(LAYOUT, NOW_MS);

export function basisOf(registers: readonly StoredRegister[] = [], fields: Partial<PlanBasis> = {}): PlanBasis {
  return {
    ...{
      layout: LAYOUT,
      registers,
      nowMs: NOW_MS,
      storeNowMs: NOW_MS,
      windowMs: 6000,
      maxLeadMs: 86_400_000,
      marginMs: 10_000,
    },
    nonce: "nonce-2",
    chance: 0.5,
    ...fields,
  };
}

/** A register that nobody holds. */
export function free(machineId: number, fields: Partial<Register> = {}): StoredRegister {
  return { datacenterId: 0, machineId, register: { ...HELD, holder: null, ...fields }, version: 5, claimed: false };
}

/** A register whose claim stands. */
export function claimed(machineId: number, fields: Partial<Register> = {}): StoredRegister {
  return { ...free(machineId, { holder: "somebody", ...fields }), claimed: true };
}

/** An acquisition of so many machine IDs. */
export function request(count: number): LiveRequest {
  return { count, among: null, holder: "me", conflicts: 0 };
}

/** Any state of the namespace's registers. */
export const anyRegisters: fc.Arbitrary<StoredRegister[]> = fc
  .array(
    fc.option(
      fc.record({
        limit: fc.integer({ min: TICK - 20, max: TICK + 20 }),
        purpose: fc.constantFrom("live" as const, "backfill" as const),
        standing: fc.constantFrom(free, claimed),
        generation: fc.integer({ min: 1, max: 99 }),
      }),
    ),
    { minLength: 8, maxLength: 8 },
  )
  .map((all) =>
    all.flatMap((fields, number) => {
      if (fields === null) return [];
      const { limit, purpose, standing, generation } = fields;
      const one = standing(number % 4, { limit, purpose, generation, floor: limit - 5 });
      return [{ ...one, datacenterId: Math.floor(number / 4) }];
    }),
  );
