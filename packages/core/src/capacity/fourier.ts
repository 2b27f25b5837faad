/** Complex values in two arrays, whose length is a power of two. */
export interface ComplexArray {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/**
 * The discrete Fourier transform in place, X_k = Σ x_j e^(∓2πi jk/n): "forward" with minus, "backward" with plus; neither
 * divides by n. J. Cooley, J. Tukey, "An Algorithm for the Machine Calculation of Complex Fourier Series", 1965.
 */
export function transform({ re, im }: ComplexArray, direction: "forward" | "backward"): void {
  const n = re.length;
  reverseBits(re, im);
  const { cosines, sines } = unitRoots(n, direction === "forward" ? -1 : 1);
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

function unitRoots(n: number, sign: 1 | -1): { readonly cosines: Float64Array; readonly sines: Float64Array } {
  const cosines = new Float64Array(n / 2);
  const sines = new Float64Array(n / 2);
  for (let j = 0; j < n / 2; j++) {
    cosines[j] = Math.cos((2 * Math.PI * j) / n);
    sines[j] = sign * Math.sin((2 * Math.PI * j) / n);
  }
  return { cosines, sines };
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
