import { Worker } from "node:worker_threads";
import { defineLayout } from "@shardflake/core";
import { expect, it } from "vitest";
import { createMemoryStore, memoryStore } from "../../src/store/memory.js";
import { openStore } from "../../src/store/open-store.js";
import { storeContract } from "./contract.js";
import { ManualClock } from "./manual-clock.js";
import { writeOf } from "./registers.js";

let places = 0;

storeContract("memory", { kind: "observer" }, async () => {
  const spec = memoryStore(`place-${places++}`);
  return {
    client: async (clock) => createMemoryStore(spec.options, clock),
    remove: async () => {},
  };
});

it("is the same store under the same name, and another under another", async () => {
  const layout = defineLayout();
  const clock = new ManualClock();
  const [one, same, other] = await Promise.all(
    ["shared", "shared", "not shared"].map((name) => openStore(memoryStore(name), clock)),
  );
  for (const store of [one, same, other]) await store!.open("n", layout);
  await one!.write([writeOf(0, 0)]);
  expect(await same!.read()).toHaveLength(1);
  expect(await other!.read()).toHaveLength(0);
});

it("is shared by threads: writers in four of them lose nothing", async () => {
  const { href } = new URL("../../dist/store/open-store.js", import.meta.url);
  const source = `
    import { workerData, parentPort } from "node:worker_threads";
    import { defineLayout, systemClock } from "@shardflake/core";
    const { openStore } = await import(${JSON.stringify(href)});
    const store = await openStore(workerData.spec, systemClock);
    await store.open("n", defineLayout());
    let done = 0;
    while (done < 50) {
      const version = (await store.read())[0]?.version ?? 0;
      const register = { ...workerData.register, limit: version };
      const write = { datacenterId: 0, machineId: 0, expectedVersion: version, register };
      if ((await store.write([write])) === "done") done++;
    }
    parentPort.postMessage(done);
  `;
  const spec = memoryStore("threads");
  // The thread finds the store's module by the specifier that is in the spec: here the built one.
  const built = { ...spec, module: new URL("../../dist/store/memory.js", import.meta.url).href };
  const workerData = { spec: built, register: writeOf(0, 0).register };
  const workers = Array.from(
    { length: 4 },
    () => new Worker(new URL(`data:text/javascript,${encodeURIComponent(rooted(source))}`), { workerData }),
  );
  await Promise.all(
    workers.map((worker) => new Promise((resolve, reject) => worker.on("message", resolve).on("error", reject))),
  );
  const store = await openStore(spec, new ManualClock());
  await store.open("n", defineLayout());
  expect((await store.read())[0]!.version).toBe(200);
});

/** A data URL has no folder to resolve packages from. */
function rooted(source: string): string {
  return source.replace('"@shardflake/core"', JSON.stringify(import.meta.resolve("@shardflake/core")));
}
