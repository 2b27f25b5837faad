import { defineLayout, systemClock } from "@shardflake/core";
import { describe, expect, it } from "vitest";
import { openStore } from "../../src/store/open-store.js";
import { parseStore } from "../../src/store/parse-store.js";
import { BUILT, startChild } from "./child.js";

const OPEN = `
  import { defineLayout, systemClock } from "${BUILT.core}";
  import { openStore } from "${BUILT.pool}store/open-store.js";
  import { parseStore } from "${BUILT.pool}store/parse-store.js";
  const spec = parseStore(process.argv[1]);
  // A busy machine is no outage.
  const options = { ...spec.options, timeoutMs: 10_000 };
  const store = await openStore({ ...spec, options }, systemClock);
  await store.open("n", defineLayout());
`;

/** Takes machine ID 0/0 over and over, whoever holds it, and tells every generation it got. */
const RACER = `
  ${OPEN}
  const [, , rounds, name] = process.argv;
  const won = [];
  let conflicts = 0;
  console.log(JSON.stringify("ready"));
  await new Promise((resolve) => process.stdin.once("data", resolve));
  while (won.length < Number(rounds)) {
    const [stored] = await store.read();
    // Lets the other process in between reading and writing.
    for (const until = performance.now() + Math.random(); performance.now() < until; ) {}
    const before = stored?.register ?? { generation: 0, limit: 0 };
    const register = {
      holder: name, generation: before.generation + 1, floor: before.limit, limit: before.limit + 1 + won.length % 7,
      purpose: "live", nonce: name + won.length, lapseMs: 1000, writtenMs: Date.now(),
    };
    const write = { datacenterId: 0, machineId: 0, expectedVersion: stored?.version ?? 0, register };
    if ((await store.write([write])) === "done") won.push([register.generation, register.floor, register.limit]);
    else conflicts++;
  }
  console.log(JSON.stringify({ won, conflicts }));
  await store.close();
  process.exit();
`;

/** Writes without end, and tells every version that was acknowledged. */
const WRITER = `
  import { writeSync } from "node:fs";
  ${OPEN}
  let version = (await store.read())[0]?.version ?? 0;
  for (;;) {
    const register = {
      holder: "w", generation: 1, floor: 0, limit: version + 1,
      purpose: "live", nonce: "n" + version, lapseMs: 1000, writtenMs: 0,
    };
    const outcome = await store.write([{ datacenterId: 0, machineId: 0, expectedVersion: version, register }]);
    if (outcome !== "done") process.exit(9);
    version++;
    writeSync(1, version + "\\n");
  }
`;

/** A place of its own for one test, as `--store` names it. */
export interface ProcessPlace {
  readonly store: string;
  remove(): Promise<void>;
}

/** What a store can do. */
export interface ProcessExpectations {
  /** How often each of the racing processes takes the register. */
  readonly rounds: number;
  /** Whether the store knows at once that the process which holds a claim is gone. */
  readonly claimAfterKill: "ends" | "stands";
}

/** Operating-system processes on one store. */
export function processesOn(
  name: string,
  { rounds, claimAfterKill }: ProcessExpectations,
  createPlace: () => Promise<ProcessPlace>,
): void {
  describe(`${name}: two operating-system processes`, () => {
    it("that race for one register get different generations with windows that join", async () => {
      const place = await createPlace();
      const racers = ["a", "b"].map((racer) => startChild(RACER, place.store, String(rounds), racer));
      for (const racer of racers) await racer.next();
      for (const racer of racers) racer.say("go");
      const results = (await Promise.all(racers.map((racer) => racer.next()))) as {
        won: [number, number, number][];
        conflicts: number;
      }[];
      await place.remove();
      const won = results.flatMap((result) => result.won).sort(([a], [b]) => a - b);
      expect(won.map(([generation]) => generation)).toEqual(Array.from({ length: 2 * rounds }, (_, i) => i + 1));
      for (let i = 1; i < won.length; i++) expect(won[i]![1]).toBe(won[i - 1]![2]);
      // Otherwise they ran one after the other, and this test has shown nothing.
      expect(results.reduce((sum, result) => sum + result.conflicts, 0)).toBeGreaterThan(10);
    }, 60_000);

    it("find after kill -9 everything that was acknowledged, and the next one goes on", async () => {
      const place = await createPlace();
      let acknowledged = 0;
      for (let kill = 0; kill < 5; kill++) {
        const writer = startChild(WRITER, place.store);
        const until = acknowledged + 20 + kill * 7;
        while (acknowledged < until) acknowledged = Number(await writer.next());
        writer.process.kill("SIGKILL");
        for (;;) {
          const version = await writer.next().catch(() => undefined);
          if (version === undefined) break;
          acknowledged = Number(version);
        }
        expect(await writer.ended).toBe("SIGKILL");
        const spec = parseStore(place.store);
        const options = { ...(spec.options as object), timeoutMs: 10_000 };
        const store = await openStore({ ...spec, options }, systemClock);
        await store.open("n", defineLayout());
        const [stored] = await store.read();
        await store.close();
        // The kill may have come between a commit and its announcement.
        expect([acknowledged, acknowledged + 1]).toContain(stored!.version);
        expect(stored!.claimed).toBe(claimAfterKill === "stands");
        acknowledged = stored!.version;
      }
      await place.remove();
    }, 60_000);
  });
}
