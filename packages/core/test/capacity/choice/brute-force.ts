import { lifetimeYears, type Requirements, waitOf } from "../../../src/capacity/index.js";
import { defineLayout, type Layout, LayoutError } from "../../../src/index.js";

/** All layouts that meet the requirements, asked one by one, without any of the shortcuts of the code under test. */
export function layoutsThatFit(requirements: Requirements): { readonly legal: number; readonly fitting: Layout[] } {
  const { idsPerSecond, datacenters, machines, maxWaitP99Ms, ticksMs, mostBits, epochMs, years } = requirements;
  let legal = 0;
  const fitting: Layout[] = [];
  for (const tickMs of ticksMs) {
    const waits = Array.from({ length: 33 }, (_, bits) => {
      const wait = waitOf((idsPerSecond * tickMs) / 1000 / datacenters / machines, 2 ** bits);
      return wait.kind === "stable" && wait.p99Ticks * tickMs <= maxWaitP99Ms;
    });
    for (let timestampBits = 1; timestampBits <= 53; timestampBits++) {
      const isLegal = isDefined({ timestampBits, tickMs, epoch: epochMs });
      if (!isLegal) continue;
      const lasts = lifetimeYears({ timestampBits, tickMs }) >= years;
      for (let datacenterBits = 0; datacenterBits <= 16; datacenterBits++) {
        for (let machineBits = 0; machineBits <= 16; machineBits++) {
          for (let sequenceBits = 0; sequenceBits <= 32; sequenceBits++) {
            if (timestampBits + datacenterBits + machineBits + sequenceBits > mostBits) break;
            legal++;
            const hasMachines =
              datacenters === 1
                ? 2 ** (datacenterBits + machineBits) >= machines
                : 2 ** datacenterBits >= datacenters && 2 ** machineBits >= machines;
            if (!lasts || !hasMachines || !waits[sequenceBits]) continue;
            const sections = { timestampBits, datacenterBits, machineBits, sequenceBits };
            fitting.push(defineLayout({ ...sections, tickMs, epoch: epochMs }));
          }
        }
      }
    }
  }
  return { legal, fitting };
}

function isDefined(options: {
  readonly timestampBits: number;
  readonly tickMs: number;
  readonly epoch: number;
}): boolean {
  try {
    return defineLayout({ ...options, datacenterBits: 0, machineBits: 0, sequenceBits: 0 }).totalBits > 0;
  } catch (error) {
    if (error instanceof LayoutError) return false;
    throw error;
  }
}

/** At least as good in everything, and better in something, or the same with a simpler datacenter section. */
export function replaces(rival: Layout, layout: Layout, { datacenters }: Requirements): boolean {
  const virtues = (l: Layout): number[] => [
    l.lifetimeEndMs,
    ...(datacenters === 1 ? [l.machines] : [l.datacenters, l.machinesPerDatacenter]),
    l.idsPerTick / l.tickMs,
    -l.tickMs,
    l.fitsNumber ? 1 : 0,
  ];
  const [of, against] = [virtues(rival), virtues(layout)];
  if (of.some((value, i) => value < against[i]!)) return false;
  if (of.some((value, i) => value > against[i]!)) return true;
  return datacenters === 1 && rival.datacenterBits < layout.datacenterBits;
}
