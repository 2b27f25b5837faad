import { YEAR_MS } from "../year.js";

/** Made when the first number is shown: loading the data of a language takes 13 MB and some milliseconds. */
let formats: { readonly whole: Intl.NumberFormat; readonly short: Intl.NumberFormat } | undefined;

function inEnglish(): { readonly whole: Intl.NumberFormat; readonly short: Intl.NumberFormat } {
  formats ??= {
    whole: new Intl.NumberFormat("en", { maximumFractionDigits: 0 }),
    short: new Intl.NumberFormat("en", { maximumSignificantDigits: 3 }),
  };
  return formats;
}

/** A number for people, always in English: whole with separators from a hundred on, three digits below, powers of ten beyond 10^15. */
export function countText(value: number): string {
  const size = Math.abs(value);
  if (size === Number.POSITIVE_INFINITY) return value > 0 ? "unbounded" : "-unbounded";
  if (size >= 1e15 || (size > 0 && size < 1e-3)) return shortPower(value);
  const { whole, short } = inEnglish();
  return (size >= 100 ? whole : short).format(value);
}

const UNITS_MS: readonly (readonly [number, string])[] = [
  [YEAR_MS, "years"],
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "min"],
  [1000, "s"],
  [1, "ms"],
  [1e-3, "µs"],
];

/** A duration for people, in its largest unit: three digits, or whole from a hundred on. */
export function durationText(ms: number): string {
  if (ms === 0) return "0 ms";
  // What rounds up to a whole unit is one.
  const [unitMs, unit] = UNITS_MS.find(([size]) => ms >= 0.9995 * size) ?? [1e-6, "ns"];
  return `${countText(ms / unitMs)} ${unit}`;
}

/**
 * A probability for people: in percent down to a ten-thousandth, as a power of ten below. The logarithm says what is too
 * small for a number.
 */
export function shareText(probability: number, lnProbability: number = Math.log(probability)): string {
  if (probability >= 1e-4) return `${inEnglish().short.format(probability * 100)} %`;
  if (lnProbability === Number.NEGATIVE_INFINITY) return "0";
  return probability >= 1e-300 ? shortPower(probability) : `1e${Math.round(lnProbability / Math.LN10)}`;
}

function shortPower(value: number): string {
  return value.toExponential(2).replace("e+", "e");
}
