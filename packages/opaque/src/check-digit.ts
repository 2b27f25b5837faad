/**
 * The digit that makes the sum over all positions of (digit × weight) zero in the field of 32 elements, with a weight of its
 * own for each position: a Reed–Solomon code with one check symbol (Reed & Solomon, "Polynomial Codes over Certain Finite
 * Fields", 1960). As no weight is 0, one wrong digit changes the sum; as no two are equal, so do two that are exchanged.
 */
export function checkDigit(digits: readonly number[]): number {
  // Horner's rule: the weights are the powers of the field's generator, and the check digit's own is 1.
  return digits.reduce((sum, digit) => timesGenerator(sum ^ digit), 0);
}

/** Multiplies by x in GF(2)[x] / (x^5 + x^2 + 1), of whose 31 non-zero elements x generates all. */
function timesGenerator(element: number): number {
  return element & 16 ? (element << 1) ^ 0b100101 : element << 1;
}
