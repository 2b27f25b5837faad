/** What one way to issue on many machine IDs showed, start-up apart. */
export interface PoolFigures {
  /** From the request to the last ID. */
  readonly idsPerSecond: number;
  /** Of what the layout allows from the first tick to the last. */
  readonly share: number;
  /** How long after the start of its tick the last ID arrived: what travels, and how far it fell behind. Below 0: from the future. */
  readonly lagMs: number;
  /** Processor time of the whole process by wall time. */
  readonly cores: number;
  /** Most resident memory, in megabytes. */
  readonly megabytes: number;
  /** IDs that were not above the one before, in a batch beforehand. */
  readonly outOfOrder: number;
}

/** How many machine IDs, and in how many threads. */
export interface PoolShape {
  readonly shards: number;
  readonly lanes: number;
}

/** What a process and its threads take from here on: wall time, and cores. */
export function startMeter(): () => { readonly seconds: number; readonly cores: number } {
  const startMs = performance.now();
  const start = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(start);
    const seconds = (performance.now() - startMs) / 1000;
    return { seconds, cores: (user + system) / 1e6 / seconds };
  };
}

export function peakMegabytes(): number {
  return (process.resourceUsage().maxRSS * 1024) / 1e6;
}
