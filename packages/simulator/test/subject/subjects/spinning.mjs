/** Spins until its clock has gone on by a millisecond, for every ID, and does not let itself be interrupted. */
export default function create({ layout }) {
  return {
    next() {
      const from = Date.now();
      let now = from;
      while (now <= from) now = Date.now();
      return BigInt(now - layout.epochMs) << 22n;
    },
  };
}
