/** What a ratio is expected to be. */
export interface Reference {
  /** Time of ours by the time of its yardstick, when the references were last renewed. */
  readonly ratio: number;
  /** Up to `ratio × (1 + band)` is noise, down to `ratio ÷ (1 + band)`, too. */
  readonly band: number;
}

/** What became of one ratio. */
export interface Verdict {
  readonly kind: "as expected" | "faster" | "slower";
  /** The measured ratio that is nearest to the reference. */
  readonly ratio: number;
  readonly attempts: number;
}

/** How often a ratio that is beyond its band is measured before it counts as a regression. */
export const MOST_ATTEMPTS = 5;

/**
 * Measures every ratio once, and those above their band again, all of them in turn: one attempt within the band is
 * enough, because other work on the machine can make ours slower for a while, and a regression is there in every attempt.
 */
export async function judge<Name extends string>(
  references: Readonly<Record<Name, Reference>>,
  measure: (name: Name) => Promise<number>,
): Promise<ReadonlyMap<Name, Verdict>> {
  const verdicts = new Map<Name, Verdict>();
  let suspicious = Object.keys(references) as Name[];
  for (let attempts = 1; attempts <= MOST_ATTEMPTS && suspicious.length > 0; attempts++) {
    for (const name of suspicious) {
      const ratio = Math.min(await measure(name), verdicts.get(name)?.ratio ?? Number.POSITIVE_INFINITY);
      verdicts.set(name, { kind: kindOf(ratio, references[name]), ratio, attempts });
    }
    suspicious = suspicious.filter((name) => verdicts.get(name)!.kind === "slower");
  }
  return verdicts;
}

function kindOf(measured: number, { ratio, band }: Reference): Verdict["kind"] {
  if (measured > ratio * (1 + band)) return "slower";
  return measured < ratio / (1 + band) ? "faster" : "as expected";
}
