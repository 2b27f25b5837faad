/** Hangs at its tenth ID, reading no clock. */
export default function create({ clock }) {
  let asked = 0;
  return {
    next() {
      clock.now();
      while (++asked > 9);
      return asked;
    },
  };
}
