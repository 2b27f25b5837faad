import { type Clock, createGenerator, defineLayout, type Generator, ShardflakeError } from "@shardflake/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { planAcquire } from "../../src/register/acquire.js";
import type { PlanBasis } from "../../src/register/plan.js";
import type { RegisterWrite } from "../../src/register/register.js";
import { planRelease } from "../../src/register/release.js";
import { closeSlot, createSlot } from "../../src/slot/slot.js";
import { openShardWindow } from "../../src/slot/slot-window.js";
import type { RegisterStore } from "../../src/store/store.js";
import type { StorePlace } from "./contract.js";
import { ManualClock } from "./manual-clock.js";

const LAYOUT = defineLayout({ sequenceBits: 3 });
const WINDOW_MS = 50;
/** Runs share a namespace, each with a machine ID of its own. */
const RUNS_PER_CLIENT = 32;
const BASE_MS = Date.UTC(2026, 0, 1);
/** Enough to find each mutant; most need a few. */
const MUTANT_RUNS = 1000;

const reading = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -200, max: 400 }).map((ms) => BASE_MS + ms) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, -1, BASE_MS * 3, BASE_MS + 3.6e6) },
);
const session = fc.record({
  acquireAt: fc.integer({ min: -100, max: 400 }).map((ms) => BASE_MS + ms),
  readings: fc.array(reading, { minLength: 1, maxLength: 6 }),
  counts: fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 }),
  end: fc.constantFrom("release", "crash"),
});
type Session = typeof session extends fc.Arbitrary<infer Value> ? Value : never;

/** How a machine ID is taken; the mutants take it wrongly. */
type Acquire = (basis: PlanBasis, machineId: number) => RegisterWrite | undefined;

const acquire: Acquire = (basis, machineId) => {
  const plan = planAcquire(basis, {
    count: 1,
    among: [{ datacenterId: 0, machineId }],
    holder: "somebody",
    conflicts: 0,
  });
  return plan.kind === "write" ? plan.writes[0] : undefined;
};

const mutants: Record<string, Acquire> = {
  "the floor is not the predecessor's limit": (basis, machineId) => {
    const write = acquire({ ...basis, registers: basis.registers.map(withoutLimit) }, machineId);
    return write && { ...write, register: { ...write.register, floor: 0 } };
  },
  "the limit is not honoured": (basis, machineId) => {
    const write = acquire(basis, machineId);
    return write && { ...write, register: { ...write.register, limit: write.register.floor + 1 } };
  },
};

function withoutLimit(stored: PlanBasis["registers"][number]): PlanBasis["registers"][number] {
  return { ...stored, register: { ...stored.register, limit: 0 } };
}

/** Holders of one machine ID after one another, on a real store, with clocks that read anything. */
export function holdersOn(name: string, numRuns: number, createPlace: () => Promise<StorePlace>): void {
  describe(`${name}: successive holders of one machine ID`, () => {
    it("never issue an ID twice, ascend across crashes, and stay in their windows", async () => {
      await withClients(createPlace, (next) =>
        fc.assert(
          fc.asyncProperty(fc.array(session, { minLength: 2, maxLength: 5 }), async (sessions) => {
            expect(await faultOf(sessions, await next(), acquire)).toBeUndefined();
          }),
          { numRuns },
        ),
      );
    }, 60_000);

    it.each(Object.entries(mutants))("would not, if %s", async (_, mutant) => {
      await withClients(createPlace, async (next) => {
        const details = await fc.check(
          fc.asyncProperty(fc.array(session, { minLength: 2, maxLength: 5 }), async (sessions) => {
            return (await faultOf(sessions, await next(), mutant)) === undefined;
          }),
          { numRuns: MUTANT_RUNS, endOnFailure: true },
        );
        expect(details.failed).toBe(true);
      });
    });
  });
}

interface Ground {
  readonly store: RegisterStore;
  readonly machineId: number;
}

async function withClients(
  createPlace: () => Promise<StorePlace>,
  work: (next: () => Promise<Ground>) => Promise<unknown>,
): Promise<void> {
  const place = await createPlace();
  let store: RegisterStore | undefined;
  let runs = 0;
  try {
    await work(async () => {
      if (runs % RUNS_PER_CLIENT === 0) {
        await store?.close();
        store = await place.client(new ManualClock(BASE_MS));
        await store.open(`holders-${runs}`, LAYOUT);
      }
      return { store: store!, machineId: runs++ % RUNS_PER_CLIENT };
    });
  } finally {
    await store?.close();
    await place.remove();
  }
}

/** What went wrong, or undefined. */
async function faultOf(sessions: readonly Session[], ground: Ground, take: Acquire): Promise<string | undefined> {
  const { store, machineId } = ground;
  let [highest, generation] = [-1n, 0];
  for (const { acquireAt, readings, counts, end } of sessions) {
    // Claims decide only who gets a turn: whatever stands, this taker believes that it has lapsed.
    const seen = (await store.read()).map((stored) => ({ ...stored, claimed: false }));
    const basis = {
      layout: LAYOUT,
      windowMs: WINDOW_MS,
      maxLeadMs: 86_400_000,
      marginMs: 10_000,
      nonce: "n",
      chance: 0,
      storeNowMs: acquireAt,
    };
    const write = take({ ...basis, registers: seen, nowMs: acquireAt }, machineId);
    if (write === undefined) continue;
    if ((await store.write([write])) !== "done") return "a lone writer was refused";
    const { floor, limit, generation: granted } = write.register;
    const held = (await store.read()).find((stored) => stored.machineId === machineId)!.register;
    if (held.generation <= generation) return `generation ${held.generation} after ${generation}`;
    generation = held.generation;
    // The holder itself believes the window it was granted by the rules; the mutant writes another into the store.
    const slot = createSlot(granted, floor, Math.max(limit, floor + WINDOW_MS));
    const issued = issue({ machineId, granted, floor, slot }, readings, counts);
    for (const id of issued) {
      const tick = Number(id >> BigInt(LAYOUT.totalBits - LAYOUT.timestampBits));
      if (id <= highest) return `${id} after ${highest}`;
      if (tick <= held.floor || tick > held.limit) return `tick ${tick} outside (${held.floor}, ${held.limit}]`;
      highest = id;
    }
    if (end === "crash") continue;
    const last = closeSlot(slot);
    const registers = await store.read();
    const stored = registers.find((candidate) => candidate.machineId === machineId)!;
    await store.write([planRelease({ ...basis, registers, nowMs: acquireAt }, stored, last)]);
    generation++;
  }
  return undefined;
}

function issue(
  { machineId, granted, floor, slot }: { machineId: number; granted: number; floor: number; slot: SharedArrayBuffer },
  readings: readonly number[],
  counts: readonly number[],
): bigint[] {
  let reads = 0;
  const read = (): number => readings[Math.min(reads++, readings.length - 1)]!;
  const clock: Clock = { now: read, monotonic: read, sleep: () => {} };
  const window = openShardWindow({ datacenterId: 0, machineId, generation: granted, floor, slot });
  const ids: bigint[] = [];
  let generator: Generator | undefined;
  for (const count of counts) {
    try {
      generator ??= createGenerator({ layout: LAYOUT, datacenterId: 0, machineId, clock, window });
      for (const { tick, sequence, count: length } of generator.reserve(count, read())) {
        for (let i = 0; i < length; i++) ids.push(idOf(tick, machineId, sequence + i));
      }
    } catch (error) {
      if (!(error instanceof ShardflakeError)) throw error;
    }
  }
  return ids;
}

function idOf(tick: number, machineId: number, sequence: number): bigint {
  const sections = BigInt(machineId) * BigInt(LAYOUT.idsPerTick) + BigInt(sequence);
  return (BigInt(tick) << BigInt(LAYOUT.totalBits - LAYOUT.timestampBits)) | sections;
}
