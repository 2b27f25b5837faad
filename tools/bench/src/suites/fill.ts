import { createGenerator, defineLayout } from "@shardflake/core";
import { Bench } from "tinybench";
import type { Measurement } from "../suite.js";

const IDS = 2 ** 20;
const LEAST_PER_SECOND = 500e6;

/** One thread fills an 8 MB array with IDs of a layout whose sequence never exhausts, against what memory allows. */
export async function fill(): Promise<Measurement[]> {
  const layout = defineLayout({ timestampBits: 31, datacenterBits: 0, machineBits: 0, sequenceBits: 32, tickMs: 1000 });
  const generator = createGenerator({ layout, datacenterId: 0, machineId: 0 });
  const ids = new BigUint64Array(IDS);
  const bench = new Bench({ time: 1000, warmupTime: 300 });
  bench.add("fill", () => generator.fill(ids));
  bench.add("BigUint64Array.fill", () => {
    ids.fill(1n);
  });
  bench.add("loop over BigInt", () => {
    let id = 1n;
    for (let i = 0; i < IDS; i++) ids[i] = id++;
  });
  await bench.run();
  const rates = bench.tasks.map(({ result }) => (result.state === "completed" ? (IDS / result.latency.p50) * 1000 : 0));
  const [own, physical, bigint] = rates as [number, number, number];
  return [
    {
      what: "fill, one thread",
      figure: `${(own / 1e6).toFixed(0)} M IDs/s; array fill ${(physical / 1e6).toFixed(0)}, BigInt loop ${(bigint / 1e6).toFixed(0)}`,
      bound: "≥ 500 M IDs/s",
      holds: own >= LEAST_PER_SECOND,
    },
  ];
}
