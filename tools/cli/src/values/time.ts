import { valueError } from "../input-error.js";

const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)(?:([Zz])|([+-]\d{2}):?(\d{2})?)?)?$/;

/** Largest distance from 1970 that a JavaScript Date can express. */
const MOST_MS = 8.64e15;

/**
 * Reads a time: ISO 8601 (a date alone is its midnight; UTC when no zone is given), or digits only, which are Unix
 * milliseconds. Returns Unix milliseconds; what is finer than a millisecond is cut off.
 *
 * @throws InputError `OPTION_INVALID`
 */
export function parseTimeMs(text: string, name: string): number {
  const ms = /^\d+$/.test(text) ? Number(text) : isoMs(text);
  if (ms === undefined || !(Math.abs(ms) <= MOST_MS)) {
    throw valueError(name, "a time like 2026-01-31, 2026-01-31T12:00:00Z or 1769860800000 (Unix ms)", text);
  }
  return ms;
}

function isoMs(text: string): number | undefined {
  const match = ISO.exec(text);
  if (match === null) return undefined;
  const [, year = "", month = "", day = "", time = "00:00", , zoneHours, zoneMinutes = "00"] = match;
  // Date.parse takes 31 February for 3 March.
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(date.getTime()) || date.getUTCDate() !== Number(day)) return undefined;
  const zone = zoneHours === undefined ? "Z" : `${zoneHours}:${zoneMinutes}`;
  const ms = Date.parse(`${year}-${month}-${day}T${time.replace(",", ".")}${zone}`);
  return Number.isNaN(ms) ? undefined : ms;
}
