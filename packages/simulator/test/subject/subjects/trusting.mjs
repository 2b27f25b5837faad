/** Trusts its clock and forgets that a sequence may be exhausted. */
export default function create({ layout, machineId }) {
  let last = 0;
  let sequence = 0;
  return {
    next() {
      const tick = Date.now() - layout.epochMs;
      sequence = tick === last ? (sequence + 1) % layout.idsPerTick : 0;
      last = tick;
      return (BigInt(tick) << 22n) | (BigInt(machineId) << 12n) | BigInt(sequence);
    },
  };
}
