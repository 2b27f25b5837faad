/** Puts the report together. */
function showReport(): void {
  const data = JSON.parse(document.getElementById("report-data")!.textContent!) as ReportData;
  const { outcome } = data;
  const charts = element("div", { id: "charts" });
  document
    .querySelector("main")!
    .replaceChildren(
      element("header", {}, [element("h1", {}, "shardflake simulate"), verdictMark(outcome.verdict)]),
      figures(data),
      section("Invariants", invariantTable(data)),
      ...(outcome.violations.length > 0 ? [section("Violations", violationTable(data))] : []),
      section("What happened", [
        element(
          "p",
          { class: "note" },
          "Horizontal axes are true time since the start. Drag to zoom, double-click to see all.",
        ),
        charts,
      ]),
      ...(outcome.scenario.faults.length > 0 ? [section("Faults", faultTable(data))] : []),
      section("Coverage", coverageTable(data)),
      section("Run it again", copyable(data.replay)),
      section("Scenario", element("details", {}, [element("summary", {}, "as JSON"), copyable(data.scenarioText)])),
    );
  drawCharts(data, charts);
}

/** Draws all charts, again whenever their colours change, and as wide as there is room. */
function drawCharts(data: ReportData, place: HTMLElement): void {
  let plots: uPlot[] = [];
  const draw = (): void => {
    for (const plot of plots) plot.destroy();
    const width = place.clientWidth;
    const made = chartsOf(data).map(({ title, note, optionsFor, data }) => {
      const figure = element(
        "figure",
        {},
        element("figcaption", {}, [element("h3", {}, title), element("span", {}, note)]),
      );
      place.append(figure);
      return { figure, plot: new uPlot({ width, ...optionsFor(width) }, data, figure) };
    });
    plots = made.map(({ plot }) => plot);
    place.replaceChildren(...made.map(({ figure }) => figure));
  };
  draw();
  new ResizeObserver(() => {
    for (const plot of plots) plot.setSize({ width: place.clientWidth, height: plot.height });
  }).observe(place);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}

showReport();
