function invariantTable({ outcome }: ReportData): HTMLElement {
  const rows = outcome.invariants.map(({ name, verdict, figure, bound }) => [
    name,
    verdictMark(verdict),
    figure,
    bound,
  ]);
  return table(["invariant", "verdict", "figure", "bound"], rows);
}

function violationTable({ outcome }: ReportData): HTMLElement {
  const rows = outcome.violations.map(({ invariant, shard, atMs, ids, detail }) => [
    invariant,
    `${shard}`,
    timeText(atMs),
    ids.map((id) => element("div", { class: "id" }, id)),
    detail,
  ]);
  return table(["invariant", "shard", "true time", "IDs", "what happened"], rows, "violations");
}

function faultTable({ outcome, targets }: ReportData): HTMLElement {
  const rows = outcome.scenario.faults.map((fault, place) => {
    const { kind, atMs, forMs, on: _, ...fields } = fault;
    return [
      `${place + 1}`,
      [element("span", { class: `swatch ${groupOf(fault)}` }), kind],
      timeText(atMs),
      forMs === 0 ? "an instant" : timeText(forMs),
      shardsText(targets[place]!),
      Object.entries(fields)
        .map(([name, value]) => fieldText(name, value))
        .join(", "),
    ];
  });
  return table(["#", "fault", "from", "for", "shards", "how"], rows);
}

function coverageTable({ outcome }: ReportData): HTMLElement {
  const rows = Object.entries(outcome.coverage).map(([name, hits]) => [name, countText(hits)]);
  return table(["fault or branch", "hit"], rows, "coverage");
}

function figures({ outcome }: ReportData): HTMLElement {
  const { scenario, issued, refused, stallMs, kRadius, largestInversionMs, traceHash } = outcome;
  const pairs: readonly (readonly [string, string])[] = [
    ["shards", countText(scenario.shards)],
    ["duration", timeText(scenario.durationMs)],
    ["seed", `${scenario.seed}`],
    ["load", loadText(scenario.load)],
    ["issued", countText(issued)],
    ["refused", countText(refused)],
    ["stalls p50 / p99 / max", [stallMs.p50, stallMs.p99, stallMs.max].map(spanOrText).join(" / ")],
    ["k-sorted radius", countText(kRadius)],
    ["largest inversion", spanOrText(largestInversionMs)],
    ...(traceHash === null ? [] : [["trace hash", traceHash] as const]),
  ];
  const items = pairs.map(([name, value]) => element("div", {}, [element("dt", {}, name), element("dd", {}, value)]));
  return element("dl", {}, items);
}
