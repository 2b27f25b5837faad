/**
 * Numbers to try instead of a number, the simplest first: nothing, a power of ten, half of it and itself in fewer
 * digits, and without its sign. All lie between 0 and the number, apart from its mirror image.
 */
export function simplerNumbers(value: number): readonly number[] {
  const size = Math.abs(value);
  const sign = Math.sign(value);
  const simpler = new Set<number>([0, sign]);
  for (const part of [1000, 100, 10, 2, 1]) {
    simpler.add(sign * roundedDown(size / part, 1));
  }
  simpler
    .add(sign * roundedDown(size * 0.75, 2))
    .add(sign * roundedDown(size, 2))
    .add(sign * Math.floor(size));
  if (value < 0) simpler.add(size);
  simpler.delete(value);
  return [...simpler].filter((candidate) => Math.abs(candidate) <= size).map((candidate) => candidate + 0);
}

/** The number downwards in so many digits; exact for integers. */
export function roundedDown(size: number, digits: number): number {
  if (size === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(size)) - digits + 1);
  return Number((Math.floor(size / unit) * unit).toPrecision(digits));
}
