/** Counts, and looks at no clock. */
export default () => {
  let count = 0n;
  return { next: () => ++count };
};
