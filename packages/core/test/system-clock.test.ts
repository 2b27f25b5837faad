import { afterEach, describe, expect, it, vi } from "vitest";
import { systemClock } from "../src/index.js";

describe("systemClock", () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
    vi.resetModules();
  });

  it("reads the wall time and the monotonic time of the platform", () => {
    vi.spyOn(Date, "now").mockReturnValue(1234);
    vi.spyOn(performance, "now").mockReturnValue(56.5);
    expect(systemClock.now()).toBe(1234);
    expect(systemClock.monotonic()).toBe(56.5);
  });

  it("sleeps by waiting, for as long as it was told", () => {
    const wait = vi.spyOn(Atomics, "wait").mockReturnValue("timed-out");
    systemClock.sleep(2.5);
    expect(wait).toHaveBeenCalledExactlyOnceWith(expect.any(Int32Array), 0, 0, 2.5);
  });

  it("does not wait for zero or a negative time", () => {
    const wait = vi.spyOn(Atomics, "wait");
    systemClock.sleep(0);
    systemClock.sleep(-5);
    expect(wait).not.toHaveBeenCalled();
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, "5"])("refuses to sleep for %s, which would never end", (ms) => {
    const wait = vi.spyOn(Atomics, "wait");
    expect(() => systemClock.sleep(ms as number)).toThrow(expect.objectContaining({ code: "SLEEP_INVALID" }));
    expect(wait).not.toHaveBeenCalled();
  });

  it("throws CANNOT_BLOCK where the thread may not wait", () => {
    const cause = new TypeError("Atomics.wait cannot be called in this context");
    vi.spyOn(Atomics, "wait").mockImplementation(() => {
      throw cause;
    });
    expect(() => systemClock.sleep(1)).toThrow(expect.objectContaining({ code: "CANNOT_BLOCK", cause }));
  });

  it("loads and tells the time where there is no shared memory, and throws CANNOT_BLOCK at the first sleep", async () => {
    vi.stubGlobal("SharedArrayBuffer", undefined);
    vi.resetModules();
    const fresh = await import("../src/system-clock.js");
    expect(fresh.systemClock.now()).toBeGreaterThan(0);
    expect(() => fresh.systemClock.sleep(1)).toThrow(expect.objectContaining({ code: "CANNOT_BLOCK" }));
  });
});
