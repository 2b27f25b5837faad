import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSlot } from "../../src/slot/slot.js";
import { type Host, WINDOW_MS } from "./host.js";
import { arbitraryScript, copying, play } from "./script.js";
import { Violation } from "./violation.js";
import { World } from "./world.js";

const RUNS = 1000;
const scripts = arbitraryScript([copying]);

/** A host that holds a machine ID, and its clone. */
function twins(): { world: World; original: Host; copy: Host } {
  const world = new World(1);
  const original = world.hosts[0]!;
  world.acquire(original, 1, 0);
  world.settle();
  return { world, original, copy: world.copy(original) };
}

function limitOf(host: Host): number {
  return readSlot(host.leases[0]!.lease.slot).limit;
}

describe("copies of a running process", () => {
  it("issue the same ticks in the window they had when they were copied, and in no other", () => {
    let [ticks, fenced] = [0, 0];
    fc.assert(
      fc.property(scripts, (script) => {
        const world = play(script);
        ticks += world.ticksIssued;
        fenced += world.fenced;
      }),
      { numRuns: RUNS },
    );
    // Otherwise nothing was put to the test.
    expect(ticks).toBeGreaterThan(10 * RUNS);
    expect(fenced).toBeGreaterThan(RUNS / 10);
  }, 60_000);

  it("are fenced, all but the one that renews first", () => {
    const { world, original, copy } = twins();
    world.calm(WINDOW_MS);
    expect([original.lost, copy.lost]).toEqual([[], ["0/0@1"]]);
    expect(limitOf(original)).toBeGreaterThan(world.trueMs + WINDOW_MS / 2);
  });

  it("are fenced by what they read, when the answer to their own renewal was lost", () => {
    const { world, original, copy } = twins();
    original.paused = true;
    world.pass(WINDOW_MS / 3);
    world.apply(0);
    world.lose(0);
    original.paused = false;
    world.calm(WINDOW_MS / 3, 5);
    expect([original.lost, copy.lost]).toEqual([["0/0@1"], []]);
  });

  it("may both take a write for their own that was on its way when they were copied, but not the next one", () => {
    const world = new World(1);
    const original = world.hosts[0]!;
    world.acquire(original, 1, 0);
    world.settle();
    world.pass(WINDOW_MS / 3);
    const copy = world.copy(original);
    world.settle();
    world.pass(WINDOW_MS / 9);
    world.settle();
    expect([original.lost, copy.lost]).toEqual([[], []]);
    world.calm(WINDOW_MS);
    expect([original.lost.length, copy.lost.length].sort()).toEqual([0, 1]);
  });

  it("that were fenced, or do not know it yet, give nothing back that another one still renews", () => {
    const { world, original, copy } = twins();
    copy.paused = true;
    world.calm(WINDOW_MS);
    copy.paused = false;
    world.release(copy, 0);
    world.settle();
    expect(copy.finished).toHaveLength(1);
    world.calm(WINDOW_MS);
    expect(original.lost).toEqual([]);
  });

  it("are fenced even when they draw the same nonces, as long as they hear that their write was refused", () => {
    let serial = 0;
    const world = new World(1, { nonce: () => `same/${Math.floor(serial++ / 2)}` });
    const original = world.hosts[0]!;
    world.acquire(original, 1, 0);
    world.settle();
    const copy = world.copy(original);
    serial += serial % 2;
    world.calm(WINDOW_MS);
    expect([original.lost, copy.lost]).toEqual([[], ["0/0@1"]]);
  });

  it("would be seen to go on side by side if they drew the same nonces and lost answers", () => {
    const outcome = fc.check(
      fc.property(scripts, (script) => {
        play(script, { nonce: ({ name }) => name.split("+")[0]! });
      }),
      { numRuns: 5 * RUNS, endOnFailure: true, seed: 1 },
    );
    expect(outcome.errorInstance).toBeInstanceOf(Violation);
  }, 60_000);
});
