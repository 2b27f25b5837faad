import type { Cell } from "../cell.js";
import type { DesignResult } from "../comparison.js";
import type { Cells, Measurements } from "../measurement/cells.js";
import type { ChangeResult } from "../measurement/change.js";
import type { OrderResult } from "../measurement/order.js";
import type { Latency } from "../measurement/percentiles.js";
import { REQUIREMENTS } from "../verdict/verdict.js";
import { bytes, count, ms, perSecond, ratio } from "./figures.js";

/** A row of the table: one measurement, of every design. */
export interface ComparisonRow {
  readonly title: string;
  /** One for each design, in their order. */
  readonly cells: readonly RowCell[];
}

/** What a cell says; lines are separated by line breaks. */
export interface RowCell {
  readonly kind: "measured" | "unmeasured" | "yes" | "no" | "unknown";
  readonly text: string;
}

/** The table for people: all measurements, then the verdicts. */
export function comparisonRows(designs: readonly DesignResult[]): readonly ComparisonRow[] {
  const measurements = ROWS.map(({ title, text }) => ({ title, cells: designs.map(({ cells }) => text(cells)) }));
  const verdicts = REQUIREMENTS.map((requirement) => ({
    title: requirement,
    cells: designs.map((design) => verdictCell(design, requirement)),
  }));
  return [...measurements, ...verdicts];
}

interface Row {
  readonly title: string;
  text(cells: Cells): RowCell;
}

const ROWS: readonly Row[] = [
  row("duplicates", "unique", ({ ids, duplicates }) => `${count(duplicates)} in ${count(ids)}`),
  row("numeric", "form", ({ isNumeric }) => (isNumeric ? "yes" : "no")),
  row("bits (used)", "form", ({ storedBits, usedBits }) => `${storedBits} (${usedBits})`),
  row("fits BIGINT", "form", ({ fitsBigint }) => (fitsBigint ? "yes" : "no")),
  row("order within one server", "orderWithin", orderText),
  row("order across servers", "orderAcross", orderText),
  row("IDs/s, one client", "rateOne", perSecond),
  row("IDs/s, many clients", "rateMany", perSecond),
  row("latency of one ID\np50 / p99 / p99.9", "latencyOne", latencyText),
  row("latency of 1000 IDs\np50 / p99 / p99.9", "latencyThousand", latencyText),
  row("round trips per ID\none by one / by 1000", "roundTrips", ({ perId, perIdOfThousand }) => {
    return `${ratio(perId)} / ${ratio(perIdOfThousand)}`;
  }),
  row("a server is killed", "kill", ({ outageMs, backAfterMs, idsLost, idsMeanwhile, duplicates }) => {
    const lost = idsLost.kind === "measured" ? `${count(idsLost.value)} IDs lost` : "no ID can be lost";
    return `outage ${ms(outageMs)}\nback after ${ms(backAfterMs)}\n${count(idsMeanwhile)} IDs meanwhile\n${lost}\n${repeats(duplicates)}`;
  }),
  row("a server is added", "add", changeText),
  row("… carelessly", "addUnsafe", changeText),
  row("a server is removed", "remove", changeText),
  row("… carelessly", "removeUnsafe", changeText),
  row("clocks step back 1 s", "clockStep", ({ duplicates, inversion, silenceMs, refusals }) => {
    return `${repeats(duplicates)}${refusedText(refusals)}\ninversion ${ms(inversion.ms)}\nwait ${ms(silenceMs)}`;
  }),
  row("rows in PostgreSQL\nrows/s, index, splits", "insert", ({ rows, seconds, indexBytes, pageSplits }) => {
    const splits = pageSplits.kind === "measured" ? `${count(pageSplits.value)} splits` : pageSplits.why;
    return `${count(rows)} rows\n${perSecond(rows / seconds)}\n${bytes(indexBytes)}\n${splits}`;
  }),
];

function row<Name extends keyof Cells>(title: string, name: Name, text: (value: Measurements[Name]) => string): Row {
  return {
    title,
    text(cells) {
      const cell: Cell<Measurements[Name]> = cells[name];
      return cell.kind === "measured"
        ? { kind: "measured", text: text(cell.value) }
        : { kind: "unmeasured", text: cell.why };
    },
  };
}

function orderText({ outOfOrder, inversion }: OrderResult): string {
  if (inversion.ms === 0) return "kept";
  return `up to ${ms(inversion.ms)}, ${count(inversion.ids)} IDs\n${count(outOfOrder)} steps back`;
}

function latencyText({ p50Ms, p99Ms, p999Ms }: Latency): string {
  return [p50Ms, p99Ms, p999Ms].map(ms).join(" / ");
}

function changeText({ tookMs, silenceMs, duplicates, refusals, what }: ChangeResult): string {
  return `${repeats(duplicates)}${refusedText(refusals)}\ntook ${ms(tookMs)}, wait ${ms(silenceMs)}\n(${what})`;
}

function repeats(duplicates: number): string {
  return duplicates === 0 ? "no duplicate" : `${count(duplicates)} DUPLICATES`;
}

function refusedText(refusals: number): string {
  return refusals === 0 ? "" : `\n${count(refusals)} refused`;
}

function verdictCell({ verdicts }: DesignResult, requirement: string): RowCell {
  const { verdict } = verdicts.find((one) => one.requirement === requirement)!;
  return { kind: verdict, text: verdict };
}
