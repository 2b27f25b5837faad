/** Steps between marks of the time axis, from a tenth of a millisecond to decades. */
const TIME_STEPS_MS: readonly number[] = [
  ...[0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((s) => s * 1000),
  ...[1, 2, 5, 10, 15, 30].map((min) => min * 60_000),
  ...[1, 2, 3, 6, 12].map((h) => h * 3_600_000),
  ...[1, 2, 5, 10, 20, 50, 100].map((d) => d * 86_400_000),
  ...[1, 2, 5, 10, 20, 50].map((y) => y * 365.2425 * 86_400_000),
];

/** Marks of a scale that shows microseconds beside years: decades, in the units that people read. */
const SPAN_MARKS_MS: readonly number[] = [
  ...[0.001, 0.01, 0.1, 1, 10, 100, 1000, 10_000],
  ...[1, 10].map((min) => min * 60_000),
  ...[1, 10].map((h) => h * 3_600_000),
  ...[1, 10, 100].map((d) => d * 86_400_000),
  ...[1, 10, 100].map((y) => y * 365.2425 * 86_400_000),
];

/** Axis marks closer than this would touch. */
const MARK_PX = 22;

/** The scale of spans that may be negative and of any size: linear up to `linearMs`, logarithmic beyond. */
function spanScale(linearMs: number, rangeOf: (least: number, most: number) => [number, number]): uPlot.Scale {
  return { distr: 4, asinh: linearMs, range: (_plot, least, most) => rangeOf(least ?? 0, most ?? 0) };
}

/** Zero, the decades and what is between them, as far as they are in sight and there is room; small ones give way. */
function spanMarks(plot: uPlot, _axis: number, least: number, most: number): number[] {
  const marks: number[] = [];
  const between = [5, 2].flatMap((times) => SPAN_MARKS_MS.map((mark) => times * mark));
  const all = [0, ...[SPAN_MARKS_MS, between].flatMap((sizes) => sizes.toReversed().flatMap((mark) => [mark, -mark]))];
  for (const mark of all) {
    if (mark < least || mark > most) continue;
    const px = plot.valToPos(mark, "y");
    if (marks.every((other) => Math.abs(plot.valToPos(other, "y") - px) >= MARK_PX)) marks.push(mark);
  }
  return marks.sort((a, b) => a - b);
}

/** Room above and below on a scale that is not linear. */
function withRoom(least: number, most: number): [number, number] {
  return [least < 0 ? least * 1.6 : 0, most > 0 ? most * 1.6 : least < 0 ? 0 : 1];
}
