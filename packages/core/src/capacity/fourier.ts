/** Complex values in two arrays, whose length is a power of two. */
export interface ComplexArray {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Discrete Fourier transforms of one length, which is a power of two. */
export interface Fourier {
  /** In place: X_k = Σ x_j e^(−2πi jk/n). */
  readonly forward: (values: ComplexArray) => void;
  /** In place: X_k = Σ x_j e^(+2πi jk/n); not divided by n. */
  readonly backward: (values: ComplexArray) => void;
}

/**
 * Prepares transforms of a length: the roots of unity take longer than a transform.
 *
 * J. Cooley, J. Tukey, "An Algorithm for the Machine Calculation of Complex Fourier Series", 1965.
 */
export function fourierOf(n: number): Fourier {
  const cosines = new Float64Array(n / 2);
  const sines = new Float64Array(n / 2);
  for (let j = 0; j < n / 2; j++) {
    cosines[j] = Math.cos((2 * Math.PI * j) / n);
    sines[j] = -Math.sin((2 * Math.PI * j) / n);
  }
  return {
    forward: ({ re, im }) => transform(re, im, cosines, sines),
    // With the parts exchanged, the other direction.
    backward: ({ re, im }) => transform(im, re, cosines, sines),
  };
}

function transform(re: Float64Array, im: Float64Array, cosines: Float64Array, sines: Float64Array): void {
  const n = re.length;
  reverseBits(re, im);
  for (let half = 1; half < n; half *= 2) {
    const stride = n / (2 * half);
    for (let start = 0; start < n; start += 2 * half) {
      for (let j = 0; j < half; j++) {
        const c = cosines[j * stride]!;
        const s = sines[j * stride]!;
        const low = start + j;
        const high = low + half;
        const a = re[high]! * c - im[high]! * s;
        const b = re[high]! * s + im[high]! * c;
        re[high] = re[low]! - a;
        im[high] = im[low]! - b;
        re[low]! += a;
        im[low]! += b;
      }
    }
  }
}

function reverseBits(re: Float64Array, im: Float64Array): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n / 2;
    for (; j >= bit && bit >= 1; bit /= 2) j -= bit;
    j += bit;
    if (i >= j) continue;
    const real = re[i]!;
    const imaginary = im[i]!;
    re[i] = re[j]!;
    im[i] = im[j]!;
    re[j] = real;
    im[j] = imaginary;
  }
}
