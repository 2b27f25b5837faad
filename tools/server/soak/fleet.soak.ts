import { setTimeout as sleep } from "node:timers/promises";
import { defineLayout } from "@shardflake/core";
import { expect, it } from "vitest";
import { etcdBinary, startEtcd } from "../../../packages/pool/test/servers/etcd-cluster.js";
import { freePorts } from "../../../packages/pool/test/servers/free-port.js";
import { audit } from "./audit.js";
import { type Load, startLoad } from "./load.js";
import { machinesOf, startService } from "./service.js";

/** Of every holder so many IDs are wanted on either side of a fault. */
const LEAST_IDS = 1000;
const LEAST_IN_ALL = 1_000_000;
const binary = etcdBinary("two services on an etcd cluster");

const idsBetween = ({ answers }: Load, fromMs: number, toMs: number): number =>
  answers.reduce((sum, { atMs, ids }) => sum + (atMs >= fromMs && atMs < toMs ? ids.length : 0), 0);

it.skipIf(binary === undefined)(
  "repeats no ID while leaders, services and their pauses come and go",
  async () => {
    const etcd = await startEtcd(binary!);
    const [portA, portB, portC] = (await freePorts(3)) as [number, number, number];
    const options = (machines: string): string[] => [
      ...["--store", etcd.store, "--datacenter", "0", "--machines", machines, "--window", "6s", "--wait", "40s"],
      "--quiet",
    ];
    const loads: Load[] = [];
    const load = (url: string): Load => {
      const started = startLoad(url);
      loads.push(started);
      return started;
    };
    const lines: string[] = [];
    const now = (): number => performance.now();
    try {
      const a = await startService(portA, options("0-2"));
      const b = await startService(portB, options("0-2"));
      const [loadA, loadB] = [load(a.url), load(b.url)];
      const startMs = now();
      await sleep(4000);

      const leaderMs = now();
      await etcd.stop(await etcd.leader(), "SIGKILL");
      await sleep(6000);
      const leaderEndMs = now();
      lines.push(
        `etcd leader killed: longest silence ${loadA.outageMs(leaderMs, leaderEndMs).toFixed(0)} ms of one service`,
      );
      expect([...loadA.refused, ...loadB.refused], "an outage of less than half a window is not noticed").toEqual([]);

      const killMs = now();
      await a.stop("SIGKILL");
      const again = await startService(portA, options("0-2"));
      lines.push(`service killed and started again: ready after ${(now() - killMs).toFixed(0)} ms`);
      await loadA.stop();
      const loadAgain = load(again.url);
      await sleep(3000);
      const stopMs = now();
      const survivor = loadB.outageMs(killMs, stopMs);
      lines.push(`meanwhile the other service: longest silence ${survivor.toFixed(0)} ms`);

      const [machine] = await machinesOf(b);
      b.process.kill("SIGSTOP");
      const c = await startService(portC, options(machine!.split("/")[1]!));
      const takenMs = now();
      lines.push(`service stopped: a third has its machine ID ${machine} after ${(takenMs - stopMs).toFixed(0)} ms`);
      const loadC = load(c.url);
      await sleep(2000);
      b.process.kill("SIGCONT");
      const continuedMs = now();
      await sleep(5000);
      const endMs = now();
      lines.push(`the one that goes on: ${JSON.stringify([...loadB.refused])}`);

      await Promise.all(loads.map((one) => one.stop()));
      const found = audit(
        defineLayout(),
        loads.map(({ answers }) => answers),
      );
      lines.push(`${found.ids} IDs acknowledged, ${found.duplicates} duplicates`);
      process.stdout.write(`${lines.join("\n")}\n`);

      expect(found).toMatchObject({ duplicates: 0, overlaps: [] });
      expect(found.ids).toBeGreaterThanOrEqual(LEAST_IN_ALL);
      const sides = [
        idsBetween(loadA, startMs, leaderMs),
        idsBetween(loadB, startMs, leaderMs),
        idsBetween(loadA, leaderMs, killMs),
        idsBetween(loadAgain, killMs, stopMs),
        idsBetween(loadB, killMs, stopMs),
        idsBetween(loadC, takenMs, continuedMs),
        idsBetween(loadC, continuedMs, endMs),
        idsBetween(loadB, continuedMs, endMs),
      ];
      expect(Math.min(...sides), JSON.stringify(sides)).toBeGreaterThanOrEqual(LEAST_IDS);
      // A service that is not hit goes on: what it loses is what two busy processors take from it.
      expect(survivor).toBeLessThan(1500);
      await Promise.all([again, b, c].map((service) => service.stop("SIGTERM")));
      expect([again, b, c].map((service) => service.process.exitCode)).toEqual([0, 0, 0]);
    } finally {
      for (const one of loads) await one.stop().catch(() => {});
      await etcd.remove();
    }
  },
  180_000,
);
