import { escapeHtml } from "./escape.js";

/** One bar; a value that was not measured has none, and says why. */
export interface Bar {
  readonly label: string;
  readonly value: number | undefined;
  readonly text: string;
}

export interface BarChart {
  readonly title: string;
  /** Logarithmic where values differ by orders of magnitude. */
  readonly scale: "linear" | "logarithmic";
  readonly bars: readonly Bar[];
}

const ROW_HEIGHT = 24;
const LABEL_WIDTH = 170;
const BAR_WIDTH = 420;
const TEXT_WIDTH = 330;
/** The shortest bar of a logarithmic chart, as a share of the longest. */
const SHORTEST_SHARE = 0.05;

/** A chart as an SVG element. */
export function barChart({ title, scale, bars }: BarChart): string {
  const shareOf = scale === "linear" ? linearShares(bars) : logarithmicShares(bars);
  const rows = bars.map((bar, i) => {
    const top = i * ROW_HEIGHT;
    const width = bar.value === undefined ? 0 : Math.max(1, shareOf(bar.value) * BAR_WIDTH);
    const middle = top + ROW_HEIGHT / 2 + 4;
    return [
      `<text x="${LABEL_WIDTH - 8}" y="${middle}" text-anchor="end">${escapeHtml(bar.label)}</text>`,
      `<rect x="${LABEL_WIDTH}" y="${top + 4}" width="${width.toFixed(1)}" height="${ROW_HEIGHT - 8}" rx="2"/>`,
      `<text class="figure" x="${(LABEL_WIDTH + width + 8).toFixed(1)}" y="${middle}">${escapeHtml(bar.text)}</text>`,
    ].join("");
  });
  const size = `viewBox="0 0 ${LABEL_WIDTH + BAR_WIDTH + TEXT_WIDTH} ${bars.length * ROW_HEIGHT}"`;
  const note = scale === "logarithmic" ? " <span>logarithmic</span>" : "";
  const heading = escapeHtml(title);
  return `<figure><figcaption>${heading}${note}</figcaption><svg role="img" aria-label="${heading}" ${size}>${rows.join("")}</svg></figure>`;
}

function valuesOf(bars: readonly Bar[]): readonly number[] {
  return bars.flatMap(({ value }) => (value === undefined || value <= 0 ? [] : [value]));
}

function linearShares(bars: readonly Bar[]): (value: number) => number {
  const most = Math.max(...valuesOf(bars), 0);
  return (value) => (most === 0 ? 0 : value / most);
}

function logarithmicShares(bars: readonly Bar[]): (value: number) => number {
  const values = valuesOf(bars);
  const [least, most] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
  return (value) => {
    if (value <= 0) return 0;
    if (most === least) return 1;
    return SHORTEST_SHARE + ((1 - SHORTEST_SHARE) * (Math.log(value) - least)) / (most - least);
  };
}
