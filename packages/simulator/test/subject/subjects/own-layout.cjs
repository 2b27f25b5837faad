/** A CommonJS module with a layout of its own: seconds since 1970, 16 bits of machine ID, 16 bits of sequence. */
exports.layout = { timestampBits: 31, datacenterBits: 0, machineBits: 16, sequenceBits: 16, tickMs: 1000, epoch: 0 };

exports.default = ({ machineId, layout }) => {
  let last = 0;
  let sequence = 0;
  return {
    next() {
      const tick = Math.floor(Date.now() / layout.tickMs);
      sequence = tick === last ? sequence + 1 : 0;
      last = tick;
      return (BigInt(tick) << 32n) | (BigInt(machineId) << 16n) | BigInt(sequence);
    },
  };
};
