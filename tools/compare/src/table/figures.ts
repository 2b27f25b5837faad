const NUMBER = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });

/** A whole number with separators. */
export function count(value: number): string {
  return NUMBER.format(value);
}

/** Two digits that matter are enough to compare. */
export function ms(value: number): string {
  if (!Number.isFinite(value)) return "-";
  if (value === 0) return "0 ms";
  if (value < 0.001) return `${NUMBER.format(value * 1e6)} ns`;
  if (value < 1) return `${digits(value * 1000)} µs`;
  return value < 10_000 ? `${digits(value)} ms` : `${digits(value / 1000)} s`;
}

export function bytes(value: number): string {
  return `${digits(value / 1e6)} MB`;
}

/** A rate of any size. */
export function perSecond(value: number): string {
  return `${NUMBER.format(Number(value.toPrecision(3)))}/s`;
}

/** A number of which most are far below 1. */
export function ratio(value: number): string {
  if (value === 0) return "0";
  return value < 0.001 ? value.toExponential(1) : digits(value);
}

function digits(value: number): string {
  return value >= 100 ? NUMBER.format(value) : String(Number(value.toPrecision(2)));
}
