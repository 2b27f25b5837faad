import { judge, type Reference, type Verdict } from "./judge.js";

const RENEWAL = "npm run bench:guard -- --renew";

/** What {@link guard} finds: lines for people, and whether a ratio regressed. */
export interface Findings {
  readonly lines: readonly string[];
  readonly regressed: boolean;
}

/** Holds every ratio against its reference. */
export async function guard(
  references: Readonly<Record<string, Reference>>,
  measure: (name: string) => Promise<number>,
): Promise<Findings> {
  const verdicts = [...(await judge(references, measure))];
  const lines = verdicts.map(([name, verdict]) => lineOf(name, verdict, references[name]!));
  const regressed = verdicts.some(([, { kind }]) => kind === "slower");
  if (regressed) {
    lines.push(
      "What stands left of the stroke became slower against its yardstick, in every attempt. Find out why; if it has to be,",
      `renew tools/bench/guard.json on an idle machine with \`${RENEWAL}\`, and say why in the commit.`,
    );
  }
  return { lines, regressed };
}

function lineOf(name: string, { kind, ratio, attempts }: Verdict, reference: Reference): string {
  const expected = `expected ${reference.ratio.toFixed(2)}, at most ${(reference.ratio * (1 + reference.band)).toFixed(2)}`;
  const got = `got ${ratio.toFixed(2)}`;
  switch (kind) {
    case "as expected":
      return `ok      ${name}: ${expected}, ${got}`;
    case "faster":
      return `ok      ${name}: ${expected}, ${got}: faster than its band; \`${RENEWAL}\` keeps it so`;
    case "slower":
      return `SLOWER  ${name}: ${expected}, ${got} at best in ${attempts} attempts`;
  }
}
