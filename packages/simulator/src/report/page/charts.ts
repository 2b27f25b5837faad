/** One chart: what is over it, and how it is made for a width. */
interface Chart {
  readonly title: string;
  readonly note: string;
  readonly optionsFor: (width: number) => Omit<uPlot.Options, "width">;
  readonly data: uPlot.AlignedData;
}

/** The same for all charts, so that their times stand below one another. */
const AXIS_PX = 70;
const CURSOR: uPlot.Cursor = { sync: { key: "report" }, drag: { x: true, y: false }, y: false };

/** The charts of a report, from top to bottom. */
function chartsOf(data: ReportData): readonly Chart[] {
  const { issuedPerSecond, refusedPerSecond } = data.activity;
  return [
    ...(data.outcome.scenario.faults.length > 0 ? [faultChart(data)] : []),
    offsetChart(data),
    rateChart(data, "IDs issued", "per second of true time, all shards together", issuedPerSecond, "line-1"),
    ...(refusedPerSecond.some((rate) => rate > 0)
      ? [rateChart(data, "IDs refused", "per second of true time, all shards together", refusedPerSecond, "fail")]
      : []),
    stallChart(data),
  ];
}

const MOST_ROWS = 150;

function faultChart(data: ReportData): Chart {
  const { faults, durationMs } = data.outcome.scenario;
  const rows = Math.min(faults.length, MOST_ROWS);
  const rowPx = rows <= 24 ? 18 : Math.max(3, Math.floor(432 / rows));
  return {
    title: "Faults",
    note: "what was scheduled, by true time; numbers as in the table below",
    optionsFor: () => ({
      height: rows * rowPx + 16,
      padding: [8, 28, 8, 0],
      cursor: CURSOR,
      legend: { show: false },
      scales: { x: { time: false, range: xRange(durationMs) }, y: { range: [0, 1] } },
      axes: [{ show: false }, { size: AXIS_PX, values: () => [], ticks: { show: false }, grid: { show: false } }],
      series: [{}, { show: true, points: { show: false } }],
      plugins: [faultRows(data, rowPx, rows), violationMarks(data, "other")],
    }),
    data: [
      [0, durationMs],
      [null, null],
    ],
  };
}

function offsetChart(data: ReportData): Chart {
  const { offsets, activity } = data;
  const { atMs, lines, others } = offsets;
  const errorsMs = atMs.map((timeMs) => {
    const part = Math.min(activity.worstErrorMs.length - 1, Math.floor(timeMs / activity.partMs));
    return activity.worstErrorMs[part]! > 0 ? activity.worstErrorMs[part]! : null;
  });
  const spanValue = (_plot: uPlot, value: number | null): string => (value === null ? "–" : spanText(value));
  const grey = (): string => colour("muted");
  const extremes: uPlot.Series[] =
    others === null
      ? []
      : [
          { label: `least of ${others.shards} others`, stroke: grey, value: spanValue, width: 0.5 },
          { label: "their most", stroke: grey, value: spanValue, width: 0.5 },
        ];
  return {
    title: "Clock offset",
    note: "wall clock of each shard minus true time; the dashed line is the largest error of an issuing clock",
    optionsFor: () => ({
      height: 280,
      padding: [8, 28, 0, 0],
      cursor: CURSOR,
      scales: { x: { time: false, range: xRange(data.outcome.scenario.durationMs) }, y: spanScale(1, withRoom) },
      axes: [
        timeAxis(),
        {
          ...axisStyle(),
          size: AXIS_PX,
          splits: spanMarks,
          filter: (_plot, marks) => marks,
          values: (_, marks) => marks.map((mark) => spanText(mark)),
        },
      ],
      series: [
        { label: "true time", value: (_, value) => (value === null ? "–" : timeText(value)) },
        ...extremes,
        ...lines.map(
          ({ shard }, place): uPlot.Series => ({
            label: `shard ${shard}`,
            stroke: colour(`line-${place + 1}`),
            width: 1.5,
            value: spanValue,
            points: { show: false },
          }),
        ),
        {
          label: "issuing clock's error",
          stroke: colour("text"),
          dash: [4, 4],
          width: 1,
          value: spanValue,
          points: { show: false },
        },
      ],
      ...(others === null ? {} : { bands: [{ series: [2, 1] as [number, number], fill: colour("band") }] }),
      plugins: [faultBands(data), violationMarks(data, "offsets")],
    }),
    data: [
      [...atMs],
      ...(others === null ? [] : [[...others.leastMs], [...others.mostMs]]),
      ...lines.map(({ offsetsMs }) => [...offsetsMs]),
      errorsMs,
    ] as uPlot.AlignedData,
  };
}

function rateChart(data: ReportData, title: string, note: string, rates: readonly number[], stroke: string): Chart {
  return {
    title,
    note,
    optionsFor: () => ({
      height: 170,
      padding: [8, 28, 0, 0],
      cursor: CURSOR,
      scales: {
        x: { time: false, range: xRange(data.outcome.scenario.durationMs) },
        y: { range: (_plot, _least, most) => [0, Math.max(most, 1) * 1.1] },
      },
      axes: [
        timeAxis(),
        { ...axisStyle(), size: AXIS_PX, space: 30, values: (_, marks) => marks.map((mark) => compact.format(mark)) },
      ],
      series: [
        partSeries(data),
        { ...steps(stroke), label: title, value: (_, value) => (value === null ? "–" : `${compact.format(value)}/s`) },
      ],
      plugins: [faultBands(data), violationMarks(data, "other")],
    }),
    data: [partEdges(data), toTheEnd(rates)],
  };
}

function stallChart(data: ReportData): Chart {
  const { scenario } = data.outcome;
  const spanValue = (_plot: uPlot, value: number | null): string => (value === null ? "–" : spanText(value));
  return {
    title: "Stalls",
    note: "the longest that a request had to wait, by the time at which it was made; the dashed line is the bound",
    optionsFor: () => ({
      height: 190,
      padding: [8, 28, 0, 0],
      cursor: CURSOR,
      scales: { x: { time: false, range: xRange(scenario.durationMs) }, y: spanScale(1, withRoom) },
      axes: [
        timeAxis(),
        {
          ...axisStyle(),
          size: AXIS_PX,
          splits: spanMarks,
          filter: (_plot, marks) => marks,
          values: (_, marks) => marks.map((mark) => spanText(mark)),
        },
      ],
      series: [
        partSeries(data),
        { ...steps("line-2"), label: "longest stall", value: spanValue },
        { label: "bound", stroke: colour("fail"), dash: [6, 4], width: 1, value: spanValue, points: { show: false } },
      ],
      plugins: [faultBands(data), violationMarks(data, "other")],
    }),
    data: [partEdges(data), toTheEnd(data.activity.worstStallMs), partEdges(data).map(() => scenario.bounds.stallMs)],
  };
}

function partEdges({ activity }: ReportData): number[] {
  return Array.from({ length: activity.worstStallMs.length + 1 }, (_, part) => part * activity.partMs);
}

/** The values of all parts, the last one up to its end. */
function toTheEnd(values: readonly number[]): number[] {
  return [...values, values.at(-1)!];
}

function partSeries({ activity }: ReportData): uPlot.Series {
  return {
    label: "true time",
    value: (_, value) => (value === null ? "–" : `${timeText(value)} + ${spanText(activity.partMs)}`),
  };
}

function steps(stroke: string): uPlot.Series {
  const paths = uPlot.paths.stepped?.({ align: 1 });
  return {
    stroke: colour(stroke),
    fill: colour(`${stroke}-fill`),
    width: 1.5,
    points: { show: false },
    ...(paths === undefined ? {} : { paths }),
  };
}

function timeAxis(): uPlot.Axis {
  return {
    ...axisStyle(),
    space: 70,
    incrs: [...TIME_STEPS_MS],
    values: (_, marks) => marks.map((mark) => timeText(mark)),
  };
}

function axisStyle(): uPlot.Axis {
  return {
    stroke: colour("muted"),
    font: "12px system-ui, sans-serif",
    grid: { stroke: colour("grid"), width: 1 },
    ticks: { stroke: colour("grid"), width: 1 },
  };
}

/** The whole duration, unless somebody has zoomed in. */
function xRange(durationMs: number): uPlot.Range.Function {
  return (_plot, from, to) =>
    from === to || from === null ? [0, durationMs] : [Math.max(from, 0), Math.min(to, durationMs)];
}
