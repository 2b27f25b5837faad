/** The section lengths and means per tick over which the capacity maths are held to 1e-9. */
export const SEQUENCE_BITS: readonly number[] = Array.from({ length: 23 }, (_, bits) => bits);
export const MEANS: readonly number[] = [0.1, 0.7, 1, 3.3, 10, 57.6, 100, 1000, 3900, 4000, 1e4, 123_456.789, 1e6];

/** Natural logarithm of 1e-300; below it the logarithm of a value is held to 1e-9 instead. */
export const LN_SMALLEST: number = -300 * Math.LN10;
