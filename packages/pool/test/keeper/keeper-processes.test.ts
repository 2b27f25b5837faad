import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineLayout } from "@shardflake/core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { startLocalKeeper } from "../../src/keeper/local-keeper.js";
import { openDatabase } from "../../src/store/embedded-database.js";
import { embeddedStore } from "../../src/store/embedded-spec.js";
import { stateFiles } from "../../src/store/state-directory.js";
import { BUILT, startChild } from "../store/child.js";

const WINDOW_MS = 400;
const LAYOUT = defineLayout();
const ONLY = { datacenterId: 0, machineId: 0 };

/** Holds machine ID 0/0 and issues as fast as it may; on "report" it tells what it issued last and what it lost. */
const HOLDER = `
  import { defineLayout } from "${BUILT.core}";
  import { startThreadKeeper } from "${BUILT.pool}keeper/thread-keeper.js";
  import { openShardWindow } from "${BUILT.pool}slot/slot-window.js";
  import { readSlot } from "${BUILT.pool}slot/slot.js";
  import { embeddedStore } from "${BUILT.pool}store/embedded-spec.js";
  const layout = defineLayout();
  const lost = [];
  const keeper = await startThreadKeeper({
    store: embeddedStore(process.argv[1]), layout, windowMs: ${WINDOW_MS}, onLost: (leases) => lost.push(...leases),
  });
  const [lease] = await keeper.acquire({ count: 1, wanted: { purpose: "live" }, among: [${JSON.stringify(ONLY)}], waitMs: 0 });
  const window = openShardWindow(lease);
  let last = 0;
  let code = null;
  const issue = () => {
    try {
      const tick = window.admit(Date.now() - layout.epochMs);
      if (tick > last) last = tick;
    } catch (error) {
      code = error.code;
    }
  };
  issue();
  setInterval(issue, 1);
  console.log(JSON.stringify(lease.generation));
  process.stdin.on("data", async () => {
    for (let i = 0; i < 1000; i++) issue();
    while (lost.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    issue();
    console.log(JSON.stringify({ last, code, lost: lost.length, open: readSlot(lease.slot).open }));
    await keeper.close();
    process.exit();
  });
`;

/** Leaves its keeper open, and ends; or waits in vain for a machine ID. */
const LEAVER = `
  import { defineLayout } from "${BUILT.core}";
  import { startThreadKeeper } from "${BUILT.pool}keeper/thread-keeper.js";
  import { embeddedStore } from "${BUILT.pool}store/embedded-spec.js";
  const request = { count: 1, wanted: { purpose: "live" }, among: [${JSON.stringify(ONLY)}], waitMs: 100 };
  const keeper = await startThreadKeeper({ store: embeddedStore(process.argv[1]), layout: defineLayout(), windowMs: ${WINDOW_MS} });
  await keeper.acquire(request);
  const error = await keeper.acquire(request).catch((reason) => reason);
  console.log(JSON.stringify(error.code));
`;

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "shardflake-keepers-"));
});

afterEach(() => rmSync(directory, { recursive: true }));

/** Stops a process that does not hold LMDB's lock: who is stopped inside of a commit blocks everybody else. */
async function stopBetweenWrites(pid: number): Promise<void> {
  const database = openDatabase(stateFiles(directory));
  database.transaction(() => {
    process.kill(pid, "SIGSTOP");
    while (!/^State:\tT/m.test(readFileSync(`/proc/${pid}/status`, "utf8"))) {}
  });
  await database.close();
}

it.skipIf(process.platform !== "linux")(
  "fences a process that was stopped and woke after a takeover: nothing above its old limit, and it is told",
  async () => {
    const holder = startChild(HOLDER, directory);
    expect(await holder.next()).toBe(1);
    await stopBetweenWrites(holder.process.pid!);
    const keeper = await startLocalKeeper({ store: embeddedStore(directory), layout: LAYOUT, windowMs: WINDOW_MS });
    // The owner is alive, as far as anybody can tell: its claim ends by lapse.
    const [heir] = await keeper.acquire({
      count: 1,
      wanted: { purpose: "live" },
      among: [ONLY],
      waitMs: 20 * WINDOW_MS,
    });
    expect(heir!.generation).toBe(2);
    holder.process.kill("SIGCONT");
    holder.say("report");
    const report = (await holder.next()) as { last: number; code: string; lost: number; open: boolean };
    expect(report).toMatchObject({ code: "LEASE_LOST", lost: 1, open: false });
    expect(report.last).toBeLessThanOrEqual(heir!.floor);
    expect(report.last).toBeGreaterThan(0);
    await keeper.close();
  },
  30_000,
);

it("keeps no process alive by itself, but one that waits for an answer; a dead process's machine ID is free at once", async () => {
  const leaver = startChild(LEAVER, directory);
  expect(await leaver.next()).toBe("MACHINE_IDS_TAKEN");
  expect(await leaver.ended).toBe(0);
  const keeper = await startLocalKeeper({ store: embeddedStore(directory), layout: LAYOUT, windowMs: WINDOW_MS });
  const [stored] = await keeper.inspect();
  expect(stored).toMatchObject({ claimed: process.platform !== "linux", register: { generation: 1 } });
  // A part of a window was left behind: the clock has to pass it.
  const [heir] = await keeper.acquire({ count: 1, wanted: { purpose: "live" }, among: [ONLY], waitMs: 20_000 });
  expect(heir!.floor).toBe(stored!.register.limit);
  await keeper.close();
}, 30_000);
