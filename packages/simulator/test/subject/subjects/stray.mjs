/** Prints, and leaves errors behind that nobody catches. */
export default function create({ layout }) {
  setTimeout(() => {
    throw new Error("from a timer");
  }, 20);
  void Promise.reject(new Error("from a promise"));
  return {
    next() {
      console.log("an ID");
      console.error("an ID");
      return BigInt(Date.now() - layout.epochMs) << 22n;
    },
  };
}
