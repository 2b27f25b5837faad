import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineLayout, systemClock } from "@shardflake/core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createEmbeddedStore } from "../../src/store/embedded.js";
import { embeddedStore } from "../../src/store/embedded-spec.js";
import { BUILT, startChild } from "./child.js";
import { writeOf } from "./registers.js";

/**
 * Opens directories, one a line, reads and writes in each, and tells what it found: in a process of its own, because
 * damage that is not found before LMDB sees it may end the process.
 */
const READER = `
  import { createInterface } from "node:readline";
  import { defineLayout, systemClock } from "${BUILT.core}";
  import { createEmbeddedStore } from "${BUILT.pool}store/embedded.js";
  import { embeddedStore } from "${BUILT.pool}store/embedded-spec.js";
  for await (const directory of createInterface({ input: process.stdin })) {
    const store = createEmbeddedStore(embeddedStore(directory).options, systemClock);
    let outcome;
    try {
      await store.open("n", defineLayout());
      const before = await store.read();
      const target = before.find((stored) => stored.machineId === 5);
      await store.write([{ datacenterId: 0, machineId: 5, expectedVersion: target.version, register: target.register }]);
      const after = await store.read();
      outcome = { before: before.map((s) => [s.machineId, s.version, s.register.limit]), after: after.length };
    } catch (error) {
      outcome = { code: error.code ?? String(error) };
    }
    await store.close();
    console.log(JSON.stringify(outcome));
  }
`;

const ROUNDS = 150;
const MACHINES = 24;

let root: string;
let pristine: string;
let expected: [number, number, number][];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "shardflake-damage-"));
  pristine = join(root, "pristine");
  const store = createEmbeddedStore(embeddedStore(pristine).options, systemClock);
  await store.open("n", defineLayout());
  for (let version = 0; version < 4; version++) {
    for (let id = 0; id < MACHINES; id++) await store.write([writeOf(id, version, { limit: 100 * version + id })]);
  }
  await store.close();
  expected = Array.from({ length: MACHINES }, (_, id) => [id, 4, 300 + id]);
});

afterAll(() => rmSync(root, { recursive: true }));

/** Opens `ROUNDS` damaged copies; a child that dies of one is replaced. */
async function outcomesOf(
  damage: (data: Buffer, random: (below: number) => number, round: number) => Buffer,
): Promise<unknown[]> {
  let seed = 12345;
  const random = (below: number) => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return Math.floor((seed / 0x80000000) * below);
  };
  const outcomes: unknown[] = [];
  let child = startChild(READER);
  for (let round = 0; round < ROUNDS; round++) {
    const copy = join(root, `copy-${round}`);
    mkdirSync(copy);
    for (const name of readdirSync(pristine)) {
      if (!name.endsWith("-lock")) copyFileSync(join(pristine, name), join(copy, name));
    }
    const data = join(copy, "registers.mdb");
    writeFileSync(data, damage(readFileSync(data), random, round));
    child.say(copy);
    const outcome = await child.next().catch(async () => ({ died: await child.ended }));
    if ("died" in (outcome as object)) child = startChild(READER);
    outcomes.push(outcome);
    rmSync(copy, { recursive: true });
  }
  child.process.stdin!.end();
  await child.ended;
  return outcomes;
}

/** Either damage was found, or it lay where nothing is stored and everything is there. */
function expectNoLoss(outcomes: readonly unknown[]): { found: number; harmless: number } {
  let [found, harmless] = [0, 0];
  for (const outcome of outcomes) {
    if ("code" in (outcome as object)) {
      expect(outcome).toEqual({ code: "STORE_CORRUPT" });
      found++;
    } else {
      expect(outcome).not.toHaveProperty("died");
      const { before, after } = outcome as { before: [number, number, number][]; after: number };
      expect(before.sort(([a], [b]) => a - b)).toEqual(expected);
      expect(after).toBe(MACHINES);
      harmless++;
    }
  }
  return { found, harmless };
}

it("finds every truncation that cuts off something", async () => {
  const { found } = expectNoLoss(await outcomesOf((data, random) => data.subarray(0, random(data.length))));
  expect(found).toBeGreaterThan(ROUNDS / 2);
}, 60_000);

it("finds flipped bytes, or is not hurt by them", async () => {
  const flips = (data: Buffer, random: (below: number) => number) => {
    const damaged = Buffer.from(data);
    for (let flip = 0; flip < 30; flip++) damaged[random(damaged.length)]! ^= 1 + random(255);
    return damaged;
  };
  const { found } = expectNoLoss(await outcomesOf(flips));
  expect(found).toBeGreaterThan(ROUNDS / 4);
}, 60_000);

it("finds flipped bits in the pages that say where everything is", async () => {
  const flips = (data: Buffer, random: (below: number) => number) => {
    const damaged = Buffer.from(data);
    const page = random(damaged.length / 4096) * 4096;
    const at = page + random(page < 8192 ? 160 : 64);
    damaged[at]! ^= 1 << random(8);
    return damaged;
  };
  const { found } = expectNoLoss(await outcomesOf(flips));
  expect(found).toBeGreaterThan(ROUNDS / 8);
}, 60_000);

it("finds every flipped bit in the numbers of the latest two transactions: none brings back an older state", async () => {
  const transactionAt = 24 + 128;
  const outcomes = await outcomesOf((data, _random, round) => {
    const damaged = Buffer.from(data);
    const [page, bit] = [round % 2, (round >> 1) % 64];
    damaged[page * 4096 + transactionAt + (bit >> 3)]! ^= 1 << (bit & 7);
    return damaged;
  });
  expect(expectNoLoss(outcomes)).toEqual({ found: ROUNDS, harmless: 0 });
}, 60_000);
