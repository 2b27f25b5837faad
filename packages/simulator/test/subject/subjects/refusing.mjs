/** Throws every other time, sometimes with a code. */
export default function create() {
  let asked = 0;
  return {
    next() {
      const now = Date.now();
      if (asked++ % 2 === 0) return BigInt(now - Date.UTC(2020, 0, 1)) << 22n;
      if (asked % 4 === 0) throw new RangeError(`no ID at ${now}`);
      throw Object.assign(new Error("busy"), { code: "BUSY" });
    },
  };
}
