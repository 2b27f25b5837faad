import { replaceProperties } from "./replace-properties.js";
import type { Stage } from "./stage.js";

/** Puts a `Date` in place that knows no other time than the stage's. Dates that were given a time are what they always were. */
export function replaceDate(stage: Stage): void {
  const RealDate = Date;
  const now = (): number => Math.floor(stage.time.wallMs());

  function SimulatedDate(...parts: unknown[]): object | string {
    if (new.target === undefined) return new RealDate(now()).toString();
    return Reflect.construct(RealDate, parts.length === 0 ? [now()] : parts, new.target);
  }
  Object.defineProperties(SimulatedDate, {
    name: { value: "Date" },
    length: { value: 7 },
    prototype: { value: RealDate.prototype },
    now: { value: now, writable: true, configurable: true },
    parse: { value: RealDate.parse, writable: true, configurable: true },
    UTC: { value: RealDate.UTC, writable: true, configurable: true },
  });
  // `someDate.constructor.now()` must not lead back to the real one.
  replaceProperties(RealDate.prototype, { constructor: SimulatedDate });
  replaceProperties(globalThis, { Date: SimulatedDate });
}
