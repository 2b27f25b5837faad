import type { Pool } from "@shardflake/pool";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** How often the store is asked for its registers, to know how long it takes, in milliseconds. */
const STORE_PROBE_MS = 10_000;

/** What operators watch, in Prometheus' words. */
export interface Metrics {
  readonly registry: Registry;
  issued(count: number): void;
  failed(code: string): void;
  /** The horizon was told, whose tick starts at this time. */
  horizonTold(timestampMs: number): void;
  /** Asks the store for its registers and notes how long it took. */
  probeStore(): Promise<void>;
  close(): void;
}

export function createMetrics(pool: Pool): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const issued = new Counter({ name: "shardflake_ids_issued_total", help: "IDs issued", registers });
  const errors = new Counter({
    name: "shardflake_errors_total",
    help: "Requests that were refused or failed, by code",
    labelNames: ["code"],
    registers,
  });
  const store = new Histogram({
    name: "shardflake_store_read_seconds",
    help: "How long the store takes to return the registers of the namespace",
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2],
    registers,
  });
  const horizonLag = new Gauge({
    name: "shardflake_horizon_lag_seconds",
    help: "How far the horizon was behind this clock when it was told last; NaN before the first time",
    registers,
  });
  horizonLag.set(Number.NaN);
  const lanes = () => pool.stats().here.lanes;
  const sum = (field: "waits" | "stepsSeen") => lanes().reduce((total, lane) => total + lane[field], 0);
  new Gauge({
    name: "shardflake_waits",
    help: "Times a caller waited for a tick or a window, since the machine IDs were taken",
    registers,
    collect() {
      this.set(sum("waits"));
    },
  });
  new Gauge({
    name: "shardflake_clock_steps",
    help: "Steps back of the clock that were absorbed, since the machine IDs were taken",
    registers,
    collect() {
      this.set(Math.max(0, ...lanes().map(({ stepsSeen }) => stepsSeen)));
    },
  });
  new Gauge({
    name: "shardflake_window_left_seconds",
    help: "How far the window of a machine ID reaches ahead of now; below 0 nothing can be issued with it",
    labelNames: ["machine"],
    registers,
    collect() {
      this.reset();
      for (const { datacenterId, machineId, windowEndMs, isOpen } of lanes()) {
        if (isOpen) this.set({ machine: `${datacenterId}/${machineId}` }, (windowEndMs - Date.now()) / 1000);
      }
    },
  });
  const probeStore = async (): Promise<void> => {
    const end = store.startTimer();
    try {
      await pool.registers();
      end();
    } catch (error) {
      errors.inc({ code: (error as { code?: string }).code ?? "INTERNAL" });
    }
  };
  const probing = setInterval(() => void probeStore(), STORE_PROBE_MS);
  probing.unref();
  return {
    registry,
    issued: (count) => issued.inc(count),
    failed: (code) => errors.inc({ code }),
    horizonTold: (timestampMs) => horizonLag.set((Date.now() - timestampMs) / 1000),
    probeStore,
    close: () => clearInterval(probing),
  };
}
