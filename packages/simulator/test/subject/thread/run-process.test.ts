import { expect, test } from "vitest";
import { DURATION_MS, runThread, START_MS, type ThreadRun } from "./run-thread.js";

const issued = ({ records }: ThreadRun): readonly (bigint | string)[] =>
  records.filter(({ kind }) => kind === "issued" || kind === "issued-text").map(({ what }) => what);

test("whatever way a subject reads the time, it is the simulated one, to the millisecond", async () => {
  const { records } = await runThread("every-clock.mjs");
  expect(records).toHaveLength(DURATION_MS - 1);
  for (const { kind, requestedMs, completedMs, what } of records) {
    expect(kind).toBe("issued");
    // Date.parse(Date()) has whole seconds.
    expect(Number(what)).toBeGreaterThanOrEqual(Math.floor((START_MS + requestedMs) / 1000) * 1000);
    expect(Number(what)).toBeLessThanOrEqual(START_MS + completedMs);
  }
});

test("whatever way a subject waits, simulated time passes, and hardly any real time", async () => {
  const { records } = await runThread("every-wait.mjs");
  const waits = records.slice(0, 13);
  expect(waits).toHaveLength(13);
  waits.forEach(({ kind, completedMs, what }, turn) => {
    expect([kind, what]).toEqual(["issued", BigInt(turn)]);
    const beganMs = Math.max(turn + 1, records[turn - 1]?.completedMs ?? 0);
    expect(completedMs - beganMs, `way ${turn}`).toBeGreaterThan(1.9);
    expect(completedMs - beganMs, `way ${turn}`).toBeLessThan(3.1);
  });
});

test("the parent's own clock, timers and randomness are what they were", async () => {
  const before = [Date, Date.now, performance.now, process.hrtime, setTimeout, Atomics.wait, Math.random];
  await runThread("every-clock.mjs");
  expect([Date, Date.now, performance.now, process.hrtime, setTimeout, Atomics.wait, Math.random]).toEqual(before);
  expect(Date.now()).toBeGreaterThan(START_MS + 1e11);
});

test("a run can be repeated, randomness included, and no two draws are the same", async () => {
  const [one, other] = await Promise.all([runThread("random.mjs"), runThread("random.mjs")]);
  expect(one.records).toEqual(other.records);
  expect(new Set(issued(one)).size).toBe(DURATION_MS - 1);
});
