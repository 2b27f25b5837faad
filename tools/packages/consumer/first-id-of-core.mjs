import { createGenerator, decompose, defineLayout, encodeBase32, parseBase32 } from "@shardflake/core";

const at = { layout: defineLayout({}), datacenterId: 1, machineId: 2 };

function firstOf(generator) {
  const id = generator.tryNext();
  if (parseBase32(encodeBase32(id)) !== id) throw new Error(`Expected ${id} to survive base32.`);
  const { machineId, timestampMs } = decompose(at.layout, id);
  return `${id}, machine ${machineId}, ${timestampMs > 0 ? "with a time" : "without"}`;
}

export const fromSystemClock = () => firstOf(createGenerator(at));

/** An engine without a host has no monotonic clock and cannot sleep. */
export const fromInjectedClock = () =>
  firstOf(createGenerator({ ...at, clock: { now: () => 1.8e12, monotonic: () => 0, sleep: () => {} } }));
