/** What the page shows as numbers, in words with units. Scripts of this folder share one scope, as a page's scripts do. */
type ReportData = import("../report-data.js").ReportData;

const MS_UNITS: readonly (readonly [name: string, ms: number])[] = [
  ["y", 365.2425 * 86_400_000],
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1000],
  ["ms", 1],
  ["µs", 0.001],
];

const digits3: Intl.NumberFormat = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 3 });
const digits9: Intl.NumberFormat = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 9 });
const whole: Intl.NumberFormat = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const compact: Intl.NumberFormat = new Intl.NumberFormat("en-US", { notation: "compact", maximumSignificantDigits: 3 });

/** A time span in its largest unit: `1.5 s`, `−20 ms`. */
function spanText(ms: number): string {
  const size = Math.abs(ms);
  if (size < 0.0005) return "0";
  const [name, unitMs] = MS_UNITS.find(([, unitMs]) => size >= unitMs * 0.9995) ?? ["µs", 0.001];
  return `${digits3.format(ms / unitMs)} ${name}`.replace("-", "−");
}

/** A time of the scenario, exact to a microsecond and in units that people read: `4 min 25.4325 s`. */
function timeText(ms: number): string {
  const parts: string[] = [];
  let leftMs = Math.round(Math.abs(ms) * 1000) / 1000;
  for (const [name, unitMs] of MS_UNITS.slice(1)) {
    if (leftMs < unitMs) continue;
    // Below a minute one number with a fraction says it all.
    const count = unitMs <= 1000 ? leftMs / unitMs : Math.floor(leftMs / unitMs);
    parts.push(`${digits9.format(count)} ${name}`);
    leftMs = unitMs <= 1000 ? 0 : leftMs - count * unitMs;
  }
  return parts.length === 0 ? "0" : `${ms < 0 ? "−" : ""}${parts.join(" ")}`;
}

/** A count; text where JSON had no word for it. */
function countText(value: number | string): string {
  return typeof value === "number" ? whole.format(value) : value;
}

/** Span or text, as above. */
function spanOrText(value: number | string): string {
  return typeof value === "number" ? spanText(value) : value;
}

/** `clockBehindMs: 5000` as `clock behind 5 s`. */
function fieldText(name: string, value: unknown): string {
  const unit = /(Ms|[Pp]pm|Years)$/.exec(name)?.[0] ?? "";
  const words = name
    .slice(0, name.length - unit.length)
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .trim();
  if (typeof value !== "number") return `${words} ${value === null ? "kept" : String(value)}`.trim();
  if (name === "valueMs") return `${words} ${new Date(value).toISOString()}`;
  if (unit === "Ms") return `${words} ${timeText(value)}`.trim();
  return `${words} ${digits9.format(value)} ${unit.toLowerCase()}`.trim().replace("-", "−");
}

function loadText(load: ReportData["outcome"]["scenario"]["load"]): string {
  if (load.kind === "saturating") return "saturating";
  if (load.kind === "burst") return `bursts of ${countText(load.ids)} IDs every ${timeText(load.everyMs)}`;
  return `${load.kind}, ${digits9.format(load.idsPerSecond)} IDs/s`;
}

/** `0–3, 7` for a list of shards. */
function shardsText(shards: readonly number[]): string {
  const parts: string[] = [];
  for (let from = 0; from < shards.length; ) {
    let to = from;
    while (shards[to + 1] === shards[to]! + 1) to++;
    parts.push(from === to ? `${shards[from]}` : `${shards[from]}${to === from + 1 ? ", " : "–"}${shards[to]}`);
    from = to + 1;
  }
  return parts.join(", ");
}
