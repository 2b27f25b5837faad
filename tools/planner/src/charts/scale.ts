/** Round numbers from 0 up to at most `end`, at most so many steps of them; 3 or more. */
export function roundTicks(end: number, most: number): number[] {
  const rough = end / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate * (1 + 1e-9) >= rough)!;
  return Array.from({ length: Math.floor((end / step) * (1 + 1e-12)) + 1 }, (_, i) => i * step);
}

/** Short numbers for an axis: 0, 500, 1.5k, 4M. */
export function axisText(value: number): string {
  for (const [unit, size] of [
    ["T", 1e12],
    ["G", 1e9],
    ["M", 1e6],
    ["k", 1e3],
  ] as const) {
    if (value >= size) return `${Number((value / size).toPrecision(3))}${unit}`;
  }
  return `${Number(value.toPrecision(3))}`;
}
