import { expect, it } from "vitest";
import { distinct, isAscending, joined, LAYOUT, newStore, openPool, sectionsOf } from "./pools.js";

const WINDOW_MS = 500;
const BLOCKED_MS = 3 * WINDOW_MS;

it("a main thread that blocks for three windows keeps its machine ID and issues all the time, and so does a stream", async () => {
  const pool = await openPool({ windowMs: WINDOW_MS, store: newStore() });
  const generator = await pool.claim();
  const stream = pool.stream()[Symbol.asyncIterator]();
  const read: BigUint64Array[] = [];
  const readOn = async (chunks: number): Promise<void> => {
    for (let i = 0; i < chunks; i++) {
      const { value } = await stream.next();
      read.push(value!);
    }
  };
  await readOn(3);
  const register = async () => {
    const registers = await pool.registers();
    return registers.find(({ machineId }) => machineId === generator.machineId)!.register;
  };
  const before = await register();

  // 10 million bigints would be too many to keep: what is compared on the way needs no memory.
  const untilMs = performance.now() + BLOCKED_MS;
  const kept: bigint[] = [];
  let last = generator.next();
  let descents = 0;
  while (performance.now() < untilMs) {
    for (let i = 0; i < 1000; i++) {
      const id = generator.next();
      if (id <= last) descents++;
      last = id;
    }
    kept.push(last);
  }

  expect(descents).toBe(0);
  // It came further than one window reaches, so that the window must have been extended meanwhile.
  expect(sectionsOf(last).tick).toBeGreaterThan(before.limit);
  const after = await register();
  expect(after).toMatchObject({ generation: before.generation, holder: before.holder });
  // It follows behind the clock.
  expect(after.floor).toBeGreaterThan(before.floor);
  expect(after.floor).toBeLessThan(sectionsOf(last).tick);
  expect(after.limit).toBeGreaterThan(before.limit);
  expect(generator.next()).toBeGreaterThan(last);
  expect(generator.lastTick).toBeLessThanOrEqual(LAYOUT.maxTick);

  await readOn(30);
  await stream.return?.();
  const streamed = joined(read);
  expect(isAscending(streamed)).toBe(true);
  expect(sectionsOf(streamed.at(-1)!).tick).toBeGreaterThan(sectionsOf(kept[0]!).tick);
  expect(distinct(streamed, kept)).toBe(streamed.length + kept.length);
}, 20_000);
