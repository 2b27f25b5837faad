/** What a check found: a figure beside its bound, or that something runs. */
export interface Finding {
  readonly what: string;
  readonly figure: string;
  readonly verdict: "held" | "broken" | "reported";
}

export function bounded(
  what: string,
  { figure, bound, unit }: { figure: number; bound: number; unit: string },
): Finding {
  return { what, figure: `${figure} ${unit}, at most ${bound}`, verdict: figure <= bound ? "held" : "broken" };
}

/** A figure nobody promised anything about. */
export function reported(what: string, figure: string): Finding {
  return { what, figure, verdict: "reported" };
}

export function lineOf({ what, figure, verdict }: Finding): string {
  const mark = { held: "ok  ", broken: "FAIL", reported: "    " }[verdict];
  return `${mark} ${what.padEnd(58)} ${figure}`;
}
