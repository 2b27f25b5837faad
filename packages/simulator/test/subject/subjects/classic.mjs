/** A textbook generator that waits for the clock, and never goes back: right as long as it is not restarted. */
export default function create({ layout, datacenterId, machineId }) {
  const machine = (BigInt(datacenterId) << BigInt(layout.machineBits)) | BigInt(machineId);
  const machineShift = BigInt(layout.sequenceBits);
  const tickShift = machineShift + BigInt(layout.machineBits + layout.datacenterBits);
  let last = -1;
  let sequence = 0;
  return {
    next() {
      let tick = Math.floor((Date.now() - layout.epochMs) / layout.tickMs);
      while (tick < last || (tick === last && sequence === layout.idsPerTick - 1)) {
        tick = Math.floor((Date.now() - layout.epochMs) / layout.tickMs);
      }
      sequence = tick === last ? sequence + 1 : 0;
      last = tick;
      return (BigInt(tick) << tickShift) | (machine << machineShift) | BigInt(sequence);
    },
  };
}
