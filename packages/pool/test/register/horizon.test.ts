import { defineLayout } from "@shardflake/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planAcquire } from "../../src/register/acquire.js";
import { horizonId, horizonOf, markOf, planHorizon } from "../../src/register/horizon.js";
import { checkMachineId, checkRegisterId, machineKey } from "../../src/register/machine-id.js";
import type { PlanBasis } from "../../src/register/plan.js";
import { decodeRecord, encodeRecord } from "../../src/register/record.js";
import type { Register, RegisterWrite, StoredRegister } from "../../src/register/register.js";
import { HELD } from "../store/registers.js";

const LAYOUT = defineLayout({ datacenterBits: 1, machineBits: 2, epoch: 0 });
const NOW = 1_000_000;
const MARGIN = 10_000;

function basisOf(registers: readonly StoredRegister[], fields: Partial<PlanBasis> = {}): PlanBasis {
  const times = { nowMs: NOW, storeNowMs: NOW, windowMs: 6000, maxLeadMs: 86_400_000, marginMs: MARGIN };
  return { layout: LAYOUT, registers, ...times, nonce: "nonce-2", chance: 0, ...fields };
}

function stored(machineId: number, fields: Partial<Register>, claimed = fields.holder !== null): StoredRegister {
  const register = { ...HELD, holder: "somebody", limit: NOW + 6000, ...fields };
  return { datacenterId: 0, machineId, register, version: 5, claimed };
}

function mark(tick: number): StoredRegister {
  const register: Register = { ...HELD, holder: null, purpose: "horizon", floor: tick, limit: tick };
  return { ...horizonId(LAYOUT), register, version: 7, claimed: false };
}

/** What a store has after a write, all or none. */
function written(registers: readonly StoredRegister[], writes: readonly RegisterWrite[]): StoredRegister[] {
  const after = new Map(registers.map((each) => [machineKey(each), each]));
  for (const { datacenterId, machineId, register, expectedVersion } of writes) {
    const each = { datacenterId, machineId, register, version: expectedVersion + 1, claimed: register.holder !== null };
    after.set(machineKey(each), each);
  }
  return [...after.values()];
}

describe("the horizon", () => {
  it("is the lowest floor of those who hold a machine ID, once the mark is there", () => {
    const registers = [stored(0, { floor: 900_000 }), stored(1, { floor: 950_000 })];
    const writes = planHorizon(basisOf(registers));
    expect(writes).toMatchObject([
      { ...horizonId(LAYOUT), expectedVersion: 0, register: { purpose: "horizon", holder: null, limit: 900_000 } },
    ]);
    expect(horizonOf(basisOf(registers))).toBe(0);
    expect(horizonOf(basisOf(written(registers, writes)))).toBe(900_000);
  });

  it("asks nothing of free registers, of backfill, and of machine IDs that nobody has used", () => {
    const registers = [
      stored(0, { floor: 100, limit: 200, holder: null }),
      stored(1, { floor: 100, limit: 200, purpose: "backfill" }),
    ];
    const writes = planHorizon(basisOf(registers));
    expect(horizonOf(basisOf(written(registers, writes)))).toBe(NOW - MARGIN);
  });

  it("never moves the mark back, nor ahead of the store's clock", () => {
    const registers = [mark(940_000), stored(0, { floor: 930_000 })];
    expect(planHorizon(basisOf(registers))).toEqual([]);
    expect(horizonOf(basisOf(registers))).toBe(930_000);
    const ahead = basisOf([stored(0, { floor: NOW + 5000 })], { nowMs: NOW + 3_600_000 });
    expect(planHorizon(ahead)).toMatchObject([{ register: { limit: NOW - MARGIN } }]);
  });

  it("gives back what dead holders have, and does not wait for their floors", () => {
    const registers = [mark(500_000), stored(0, { floor: 500_000 }, false), stored(1, { floor: 980_000 })];
    const writes = planHorizon(basisOf(registers));
    expect(writes).toMatchObject([
      { machineId: 0, expectedVersion: 5, register: { holder: null, generation: 2, limit: NOW + 6000 } },
      { ...horizonId(LAYOUT), register: { limit: 980_000 } },
    ]);
    expect(horizonOf(basisOf(registers))).toBe(500_000);
    expect(horizonOf(basisOf(written(registers, writes)))).toBe(980_000);
  });

  it("is where whoever acquires afterwards starts, or above; a clock behind it has to wait", () => {
    const anyFloor = fc.integer({ min: NOW - 50_000, max: NOW });
    fc.assert(
      fc.property(anyFloor, fc.integer({ min: NOW - 60_000, max: NOW }), (tick, nowMs) => {
        const registers = [mark(tick), stored(0, { floor: 100, limit: 200, holder: null })];
        const request = { count: 3, among: null, holder: "me", conflicts: 0 };
        const plan = planAcquire(basisOf(registers, { nowMs, storeNowMs: nowMs }), request);
        expect(plan.kind).toBe(tick < nowMs ? "write" : "floor-ahead");
        if (plan.kind === "floor-ahead") expect(plan.waitMs).toBe(tick + 1 - nowMs);
        if (plan.kind !== "write") return;
        for (const { register } of plan.writes) expect(register.floor).toBe(Math.max(tick, nowMs - MARGIN));
      }),
    );
  });

  it("has a register after the last machine ID, in every layout, which every store can keep", () => {
    for (const sections of [
      {},
      { datacenterBits: 0, machineBits: 0 },
      { datacenterBits: 16, machineBits: 16, timestampBits: 20, sequenceBits: 8 },
    ]) {
      const layout = defineLayout({ ...sections, epoch: 0 });
      const id = horizonId(layout);
      expect(checkRegisterId(layout, id)).toBe(id);
      expect(() => checkMachineId(layout, id)).toThrow(expect.objectContaining({ code: "MACHINE_ID_INVALID" }));
    }
    const { register } = mark(5);
    expect(decodeRecord(encodeRecord(register), "here")).toEqual(register);
    expect(markOf(basisOf([mark(5)]))).toBe(5);
  });
});
