const ISO = /^(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)(?:([Zz])|([+-]\d{2}):?(\d{2})?)?)?$/;

/** Largest distance from 1970 that a JavaScript Date can express. */
const MOST_MS = 8.64e15;

/**
 * Reads a time: ISO 8601 (a date alone is its midnight; UTC when no zone is given), or digits only, which are Unix
 * milliseconds. Returns Unix milliseconds, `undefined` for anything else; what is finer than a millisecond is cut off.
 */
export function timeMsOf(text: string): number | undefined {
  const ms = /^\d+$/.test(text) ? Number(text) : isoMs(text);
  return ms !== undefined && Math.abs(ms) <= MOST_MS ? ms : undefined;
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
