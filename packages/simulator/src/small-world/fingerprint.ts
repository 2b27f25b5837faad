/** What a name begins with that was drawn at random. Such names are only ever compared for being the same. */
export const MARK = "~";

/**
 * A value as text, with everything left out on which nothing depends: two values with the same shape, and names that are
 * the same in the same places, behave alike for ever.
 */
export interface Fingerprint {
  readonly shape: string;
  /** Random names in the order in which they come. */
  readonly names: readonly string[];
}

/**
 * Fields on which nothing depends here: options; what a handled event led to; the time of writing, which is for people;
 * the store's clock, which only ever refuses a limit too far ahead, and here none is; and the number of the latest call,
 * because a flight is always the latest one.
 */
const IGNORED = new Set(["options", "pace", "effects", "writtenMs", "storeClock", "callId"]);

/** Monotonic times, of which only the distance from now counts, and nothing once they are past. */
const DUE_TIMES = new Set(["dueMs", "lostAtMs", "deadlineMs", "wakeAtMs"]);

/** A monotonic time in the past that counts for as long as a window at most. */
const START_TIMES = new Set(["startedMs"]);

/** @throws Error for a value that it cannot tell apart from others */
export function fingerprint(value: unknown, monotonicMs: number, windowMs: number): Fingerprint {
  const names: string[] = [];
  const seen = new Map<object, number>();
  return { shape: textOf(value), names };

  function textOf(part: unknown): string {
    if (typeof part === "string") {
      if (!part.startsWith(MARK)) return `'${part}'`;
      names.push(part);
      return MARK;
    }
    if (typeof part === "object" && part !== null) return objectText(part);
    if (typeof part === "function" || typeof part === "symbol")
      throw new Error(`Expected plain state, got ${typeof part}.`);
    return String(part);
  }

  function objectText(part: object): string {
    if (part instanceof Map) return `<${[...part].map(([key, each]) => `${textOf(key)}:${textOf(each)}`)}>`;
    if (part instanceof Set || Array.isArray(part)) return `[${[...part].map(textOf)}]`;
    const number = seen.get(part);
    if (number !== undefined) return `@${number}`;
    // Records are compared by what they hold; whatever has a class may also be compared for being the same.
    if (Object.getPrototypeOf(part) !== Object.prototype) seen.set(part, seen.size);
    const fields = Object.entries(part).filter(([name]) => !IGNORED.has(name));
    return `{${fields.map(([name, each]) => `${name}:${fieldText(name, each)}`)}}`;
  }

  function fieldText(name: string, each: unknown): string {
    if (typeof each !== "number") return textOf(each);
    if (DUE_TIMES.has(name)) return String(Math.max(0, each - monotonicMs));
    if (START_TIMES.has(name)) return String(Math.max(-windowMs, each - monotonicMs));
    return String(each);
  }
}
