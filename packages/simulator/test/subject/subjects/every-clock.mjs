/** Issues Unix milliseconds, each time read in another way. */
import { performance as namedPerformance } from "node:perf_hooks";
import { hrtime as namedHrtime } from "node:process";

const seconds = ([s, ns]) => s * 1000 + ns / 1e6;

export default function create({ clock }) {
  const startMs = Date.now();
  const startHr = process.hrtime();
  const startHrMs = Number(process.hrtime.bigint()) / 1e6;
  const startMonotonic = clock.monotonic();
  const upMs = process.uptime() * 1000;
  const ways = [
    () => Date.now(),
    () => {
      const date = new Date();
      return date.valueOf();
    },
    () => Date.parse(Date()),
    () => new (class extends Date {})().getTime(),
    () => new Date(0).constructor.now(),
    () => globalThis.performance.timeOrigin + performance.now(),
    () => namedPerformance.timeOrigin + Object.getPrototypeOf(performance).now.call(performance),
    () => startMs + seconds(process.hrtime(startHr)),
    () => startMs + seconds(namedHrtime(startHr)),
    () => startMs + Number(process.hrtime.bigint()) / 1e6 - startHrMs,
    () => startMs + process.uptime() * 1000 - upMs,
    () => clock.now(),
    () => startMs + clock.monotonic() - startMonotonic,
  ];
  let turn = 0;
  return { next: () => Math.floor(ways[turn++ % ways.length]()) };
}
