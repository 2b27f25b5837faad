import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { decompose, defineLayout } from "@shardflake/core";
import { expect, it } from "vitest";
import { etcdBinary, startEtcd } from "../../../packages/pool/test/servers/etcd-cluster.js";
import { freePorts } from "../../../packages/pool/test/servers/free-port.js";
import { audit } from "./audit.js";
import { type Load, startLoad } from "./load.js";
import { startService } from "./service.js";

const LIBRARY = ["x86_64", "aarch64"]
  .map((machine) => `/usr/lib/${machine}-linux-gnu/faketime/libfaketimeMT.so.1`)
  .find((path) => existsSync(path));
const LAYOUT = defineLayout();
const binary = etcdBinary("two services, the clock of one stepped");
if (LIBRARY === undefined) {
  const text = "SKIPPED: the clock of a service stepped, because this machine has no libfaketime";
  if (process.env.SHARDFLAKE_REQUIRE_SERVERS === "1") throw new Error(text);
  process.stderr.write(`${text}\n`);
}

/** Offsets of one service's clock in seconds, one after the other: each step from one to the next is one to be tested. */
const OFFSETS_S = [1, 0, -1, 0, 60, 0, -60, 0, 3600];
const STAY_MS = 2500;

it.skipIf(binary === undefined || LIBRARY === undefined)(
  "repeats no ID while the clock of one service steps",
  async () => {
    const directory = mkdtempSync(join(tmpdir(), "shardflake-steps-"));
    const control = join(directory, "offset");
    // libfaketime may read at any moment: the file is replaced whole.
    const setClock = (offsetS: number): void => {
      writeFileSync(`${control}.new`, `${offsetS < 0 ? "" : "+"}${offsetS}\n`);
      renameSync(`${control}.new`, control);
    };
    setClock(0);
    const etcd = await startEtcd(binary!);
    const [stepped, steady] = (await freePorts(2)) as [number, number];
    const options = ["--store", etcd.store, "--window", "2s", "--max-wait", "500ms", "--wait", "30s", "--quiet"];
    const loads: Load[] = [];
    try {
      const services = [
        await startService(stepped, options, {
          LD_PRELOAD: LIBRARY!,
          FAKETIME_TIMESTAMP_FILE: control,
          FAKETIME_DONT_FAKE_MONOTONIC: "1",
          FAKETIME_NO_CACHE: "1",
        }),
        await startService(steady, options),
      ];
      loads.push(...services.map(({ url }) => startLoad(url)));
      const [load, other] = loads as [Load, Load];
      const lines: string[] = [];
      await sleep(1500);
      const startMs = performance.now();
      for (const offsetS of OFFSETS_S) {
        const [issued, refused] = [load.answers.length, [...load.refused.values()].reduce((sum, n) => sum + n, 0)];
        setClock(offsetS);
        await sleep(STAY_MS);
        const refusals = [...load.refused.values()].reduce((sum, n) => sum + n, 0) - refused;
        lines.push(`clock at ${offsetS} s: ${load.answers.length - issued} answers, ${refusals} refusals`);
      }
      lines.push(`the other service: longest silence ${other.outageMs(startMs, performance.now()).toFixed(0)} ms`);
      await Promise.all(loads.map((one) => one.stop()));
      const found = audit(
        LAYOUT,
        loads.map(({ answers }) => answers),
      );
      lines.push(
        `${found.ids} IDs acknowledged, ${found.duplicates} duplicates; refusals ${JSON.stringify([...load.refused])}`,
      );
      process.stdout.write(`${lines.join("\n")}\n`);

      expect(found).toMatchObject({ duplicates: 0, overlaps: [] });
      expect(found.ids).toBeGreaterThan(100_000);
      for (const code of load.refused.keys()) expect(code).toMatch(/^(CLOCK_|WINDOW_|FLOOR_|MACHINE_IDS_|LEASE_)/);
      expect([...other.refused]).toEqual([]);
      // An answer is ascending in itself, and the clock did reach an hour ahead.
      const times = load.answers.map(({ ids }) => decompose(LAYOUT, ids[0]!).timestampMs).sort((a, b) => a - b);
      expect(times.at(-1)! - times[0]!).toBeGreaterThan(3_500_000);
      for (const { ids } of load.answers) expect(ids.every((id, i) => i === 0 || id > ids[i - 1]!)).toBe(true);
      await Promise.all(services.map((service) => service.stop("SIGTERM")));
    } finally {
      for (const one of loads) await one.stop().catch(() => {});
      await etcd.remove();
      rmSync(directory, { recursive: true });
    }
  },
  180_000,
);
