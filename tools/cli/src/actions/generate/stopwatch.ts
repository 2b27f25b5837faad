/** Wall and CPU time of this process since {@link startStopwatch}, in seconds. */
export interface Lap {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

/** Returns a function that tells how much time has passed. */
export function startStopwatch(): () => Lap {
  const startMs = performance.now();
  const startCpu = process.cpuUsage();
  return () => {
    const cpu = process.cpuUsage(startCpu);
    return { seconds: (performance.now() - startMs) / 1000, cpuSeconds: (cpu.user + cpu.system) / 1e6 };
  };
}
