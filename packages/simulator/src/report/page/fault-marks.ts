type Fault = ReportData["outcome"]["scenario"]["faults"][number];

const PROCESS_FAULTS: readonly string[] = ["migration", "suspend", "clone", "pause", "restart", "zombie"];

/** What is broken: the clock, the process or the store. */
function groupOf({ kind }: Fault): "clock" | "process" | "store" {
  if (kind === "store") return "store";
  return PROCESS_FAULTS.includes(kind) ? "process" : "clock";
}

/** A band that is everywhere tells nothing. */
const MOST_BAND = 0.5;

/** Faults as bands over a whole chart, those of an instant as lines. Drawn below everything else. */
function faultBands({ outcome }: ReportData): uPlot.Plugin {
  return {
    hooks: {
      drawClear: (plot) => {
        clipped(plot, (context, { top, height }) => {
          for (const fault of outcome.scenario.faults) {
            if (fault.forMs > MOST_BAND * outcome.scenario.durationMs) continue;
            const [from, to] = spanOf(plot, fault);
            context.fillStyle = colour(`fault-${groupOf(fault)}`);
            context.globalAlpha = fault.forMs === 0 ? 0.6 : 0.12;
            context.fillRect(from, top, Math.max(to - from, devicePixelRatio), height);
          }
        });
      },
    },
  };
}

/** Violations as lines from top to bottom, with a cross where the clock of their shard was. */
function violationMarks({ outcome, offsets }: ReportData, on: "offsets" | "other"): uPlot.Plugin {
  return {
    hooks: {
      draw: (plot) => {
        clipped(plot, (context, { top, height }) => {
          context.strokeStyle = colour("fail");
          for (const { atMs, shard } of outcome.violations) {
            const x = plot.valToPos(atMs, "x", true);
            context.lineWidth = devicePixelRatio;
            context.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
            line(context, x, top, x, top + height);
            context.setLineDash([]);
            const offsetsMs = offsets.lines.find((candidate) => candidate.shard === shard)?.offsetsMs;
            if (on === "other" || offsetsMs === undefined) continue;
            const at = offsets.atMs.findLastIndex((timeMs) => timeMs <= atMs);
            cross(context, x, plot.valToPos(offsetsMs[Math.max(at, 0)]!, "y", true));
          }
        });
      },
    },
  };
}

/** A row for every fault: a bar where it lasts, with its number and kind beside it. */
function faultRows({ outcome, targets }: ReportData, rowPx: number, rows: number): uPlot.Plugin {
  return {
    hooks: {
      draw: (plot) => {
        clipped(plot, (context, { left, top, width }) => {
          const ratio = devicePixelRatio;
          context.font = `${11 * ratio}px system-ui, sans-serif`;
          context.textBaseline = "middle";
          context.textAlign = "left";
          outcome.scenario.faults.forEach((fault, place) => {
            const y = top + (place % rows) * rowPx * ratio;
            const [from, to] = spanOf(plot, fault);
            const end = Math.max(to, from + 3 * ratio);
            if (end < left || from > left + width) return;
            context.fillStyle = colour(`fault-${groupOf(fault)}`);
            // Pale, so that text on it can be read in both schemes; its beginning is where to look.
            context.globalAlpha = 0.45;
            context.fillRect(from, y + ratio, end - from, (rowPx - 2) * ratio);
            context.globalAlpha = 1;
            context.fillRect(from, y + ratio, 3 * ratio, (rowPx - 2) * ratio);
            if (rowPx < 14) return;
            const text = `${place + 1} ${fault.kind}, ${shortTargets(targets[place]!)}`;
            context.fillStyle = colour("text");
            context.fillText(text, textStart(context, text, from, end, left, left + width), y + (rowPx / 2) * ratio);
          });
        });
      },
    },
  };
}

/** Which shards, or how many where there are too many to name. */
function shortTargets(shards: readonly number[]): string {
  const names = shardsText(shards);
  if (shards.length === 1) return `shard ${names}`;
  return names.length <= 12 ? `shards ${names}` : `${shards.length} shards`;
}

/** Right of the bar, else left of it, else in it. */
function textStart(
  context: CanvasRenderingContext2D,
  text: string,
  from: number,
  end: number,
  left: number,
  right: number,
): number {
  const gap = 4 * devicePixelRatio;
  const { width } = context.measureText(text);
  if (end + gap + width <= right) return end + gap;
  if (from - gap - width >= left) return from - gap - width;
  return Math.max(from, left) + gap;
}

function spanOf(plot: uPlot, { atMs, forMs }: Fault): [number, number] {
  return [plot.valToPos(atMs, "x", true), plot.valToPos(atMs + forMs, "x", true)];
}

/** Draws inside the plot only, and leaves the canvas as it was. */
function clipped(plot: uPlot, draw: (context: CanvasRenderingContext2D, box: uPlot.BBox) => void): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  draw(ctx, bbox);
  ctx.restore();
}

function line(context: CanvasRenderingContext2D, x0: number, y0: number, x1: number, y1: number): void {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

function cross(context: CanvasRenderingContext2D, x: number, y: number): void {
  const arm = 5 * devicePixelRatio;
  context.lineWidth = 2 * devicePixelRatio;
  line(context, x - arm, y - arm, x + arm, y + arm);
  line(context, x - arm, y + arm, x + arm, y - arm);
}
