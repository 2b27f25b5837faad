import { defineLayout, ShardflakeError, type Window } from "@shardflake/core";
import { describe, expect, it } from "vitest";
import type { ShardRequest } from "../../src/shard/request.js";
import { fakeShard, JumpingClock, openWindows, START_MS } from "./fake-shard.js";
import { countOf, pullAll, request } from "./requested.js";

describe("a shard request that can issue nothing", () => {
  const layout = defineLayout({ timestampBits: 40, epoch: 0, sequenceBits: 2 });
  const shut: Window = { floor: 0, admit: () => 0 };
  const failure = (pulled: ShardRequest): ShardflakeError => {
    try {
      for (let pulls = 0; pulls < 1000; pulls++) pulled.pull(new ArrayBuffer(8));
    } catch (error) {
      expect(error).toBeInstanceOf(ShardflakeError);
      return error as ShardflakeError;
    }
    return expect.fail("waits for ever");
  };

  it("throws WINDOW_EXHAUSTED after maxWaitMs, not earlier and hardly later", () => {
    const clock = new JumpingClock();
    const shard = fakeShard(layout, clock, [shut, shut]);
    expect(failure(request(shard, { share: 10, maxWaitMs: 500 })).code).toBe("WINDOW_EXHAUSTED");
    expect(clock.ms - START_MS).toBeGreaterThanOrEqual(500);
    expect(clock.ms - START_MS).toBeLessThanOrEqual(550);
  });

  it("throws CLOCK_BEHIND when the clock does not pass its lanes' floors", () => {
    const floor = START_MS + 1e6;
    const shard = fakeShard(layout, new JumpingClock(), [{ floor, admit: (tick) => tick }]);
    expect(failure(request(shard, { share: 10, maxWaitMs: 500 })).code).toBe("CLOCK_BEHIND");
  });

  it("names the window when only some lanes' floors are ahead", () => {
    const ahead: Window = { floor: START_MS + 1e6, admit: (tick) => tick };
    const shard = fakeShard(layout, new JumpingClock(), [ahead, shut]);
    expect(failure(request(shard, { share: 10, maxWaitMs: 500 })).code).toBe("WINDOW_EXHAUSTED");
  });

  it("throws also on a clock that stands still, monotonic time too", () => {
    const standing = { now: () => START_MS, monotonic: () => 0, sleep: () => {} };
    const pulled = request(fakeShard(layout, standing, openWindows(1)), { share: 10, maxWaitMs: 500 });
    expect(failure(pulled).code).toBe("CLOCK_BEHIND");
  });

  it("does not count the time in which nobody pulled", () => {
    const clock = new JumpingClock();
    const shard = fakeShard(layout, clock, openWindows(1));
    const slow = request(shard, { share: 5, maxWaitMs: 500 });
    clock.pass(10_000);
    request(shard, { share: 1e6 }).pull(new ArrayBuffer(8 * 4));
    const chunks = pullAll(slow, 10);
    expect(countOf(chunks)).toBe(5);
  });
});
