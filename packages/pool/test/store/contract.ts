import { defineLayout } from "@shardflake/core";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { horizonId } from "../../src/register/horizon.js";
import type { RegisterWrite } from "../../src/register/register.js";
import type { RegisterStore } from "../../src/store/store.js";
import { ManualClock } from "./manual-clock.js";
import { sorted, writeOf } from "./registers.js";

/** One place where registers live, and as many clients of it as a test wants. */
export interface StorePlace {
  /** A new client, not open yet. */
  client(clock: ManualClock): Promise<RegisterStore>;
  remove(): Promise<void>;
}

/**
 * Who judges whether a claim still stands: each client by its own monotonic clock, or the server by its time, whatever
 * its clients' clocks read.
 */
export type ClaimJudge =
  | { readonly kind: "observer" }
  /** `leastLapseMs`: the shortest lapse that the server can keep. */
  | { readonly kind: "server"; readonly leastLapseMs: number };

const LAYOUT = defineLayout();
const OTHER_LAYOUT = defineLayout({ sequenceBits: 11 });
const NAMESPACE = "contract";

/** What every store must do. Run it against each of them. */
export function storeContract(name: string, judge: ClaimJudge, createPlace: () => Promise<StorePlace>): void {
  describe(`${name}: the contract of a store`, () => {
    let place: StorePlace;
    let clients: RegisterStore[];

    beforeEach(async () => {
      place = await createPlace();
      clients = [];
    });

    afterEach(async () => {
      for (const client of clients) await client.close();
      await place.remove();
    });

    async function open(clock: ManualClock = new ManualClock(), namespace = NAMESPACE): Promise<RegisterStore> {
      const client = await place.client(clock);
      await client.open(namespace, LAYOUT);
      clients.push(client);
      return client;
    }

    it("has no registers in a new namespace", async () => {
      const store = await open();
      expect(await store.read()).toEqual([]);
    });

    it("keeps the mark of the namespace beside its machine IDs, compared and set with them, and claimed by nobody", async () => {
      const [one, other] = [await open(), await open()];
      const mark = { purpose: "horizon", holder: null, floor: 7, limit: 7, lapseMs: 0 } as const;
      const write = { ...writeOf(0, 0, mark), ...horizonId(LAYOUT) };
      expect(await one.write([write, writeOf(3, 0)])).toBe("done");
      const { expectedVersion: _, ...stored } = { ...write, version: 1, claimed: false };
      expect(sorted(await other.read()).at(-1)).toEqual(stored);
      expect(await other.write([{ ...write, expectedVersion: 1 }, writeOf(3, 0)])).toBe("conflict");
      expect(await other.write([{ ...write, expectedVersion: 1 }])).toBe("done");
    });

    it("returns to every client what one has written, whole, with the version grown by one", async () => {
      const [one, other] = [await open(), await open()];
      const write = writeOf(3, 0);
      expect(await one.write([write])).toBe("done");
      const stored = { datacenterId: 0, machineId: 3, register: write.register, version: 1, claimed: true };
      expect(await one.read()).toEqual([stored]);
      expect(await other.read()).toEqual([stored]);
    });

    it("keeps what was written for a client that comes later", async () => {
      const one = await open();
      await one.write([writeOf(0, 0), writeOf(1, 0, { holder: null })]);
      const later = await open();
      expect(sorted(await later.read()).map(({ version }) => version)).toEqual([1, 1]);
    });

    it("refuses a write whose version has moved on, and every write beside it", async () => {
      const [one, other] = [await open(), await open()];
      await one.write([writeOf(0, 0, { limit: 1000 })]);
      expect(await other.write([writeOf(1, 0), writeOf(0, 0, { limit: 2000 })])).toBe("conflict");
      expect(await other.write([writeOf(0, 2, { limit: 2000 })])).toBe("conflict");
      const registers = await one.read();
      expect(registers.map(({ machineId, version, register }) => [machineId, version, register.limit])).toEqual([
        [0, 1, 1000],
      ]);
    });

    it("lets one of many writers of the same version win", async () => {
      const stores = await Promise.all([open(), open(), open(), open()]);
      const outcomes = await Promise.all(
        stores.map((store, i) => store.write([writeOf(0, 0, { nonce: `nonce-${i}` })])),
      );
      expect(outcomes.filter((outcome) => outcome === "done")).toHaveLength(1);
      const [stored] = await stores[0]!.read();
      expect(stored!.register.nonce).toBe(`nonce-${outcomes.indexOf("done")}`);
    });

    it("behaves like a table of versions under any writes of any clients", async () => {
      const attempt = fc.record({
        client: fc.nat(1),
        writes: fc.uniqueArray(fc.record({ machineId: fc.nat(3), version: fc.nat(3), limit: fc.nat(9999) }), {
          minLength: 1,
          maxLength: 3,
          selector: (write) => write.machineId,
        }),
      });
      let run = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(attempt, { maxLength: 12 }), async (attempts) => {
          const namespace = `model-${run++}`;
          const pair = [await open(undefined, namespace), await open(undefined, namespace)];
          const model = new Map<number, { version: number; limit: number }>();
          for (const { client, writes } of attempts) {
            const fits = writes.every(({ machineId, version }) => (model.get(machineId)?.version ?? 0) === version);
            const outcome = await pair[client]!.write(
              writes.map((w) => writeOf(w.machineId, w.version, { limit: w.limit })),
            );
            expect(outcome).toBe(fits ? "done" : "conflict");
            if (fits) for (const w of writes) model.set(w.machineId, { version: w.version + 1, limit: w.limit });
          }
          for (const store of pair) {
            const found = sorted(await store.read()).map((s) => [s.machineId, s.version, s.register.limit]);
            expect(found).toEqual(
              [...model].sort(([a], [b]) => a - b).map(([id, { version, limit }]) => [id, version, limit]),
            );
            await store.close();
          }
        }),
        { numRuns: 30 },
      );
    });

    it("refuses a namespace to a second layout, and leaves it as it was", async () => {
      const first = await open();
      await first.write([writeOf(0, 0)]);
      const second = await place.client(new ManualClock());
      await expect(second.open(NAMESPACE, OTHER_LAYOUT)).rejects.toMatchObject({ code: "LAYOUT_MISMATCH" });
      await second.open("another", OTHER_LAYOUT);
      expect(await second.read()).toEqual([]);
      await second.close();
      expect(await first.read()).toHaveLength(1);
    });

    it("keeps namespaces apart, also where one name begins with another", async () => {
      const stores = await Promise.all(
        ["a", "a.b", "a-", "a0", "_proto_", "__proto__"].map((ns) => open(undefined, ns)),
      );
      for (const [i, store] of stores.entries()) await store.write([writeOf(i, 0)]);
      for (const [i, store] of stores.entries()) {
        expect((await store.read()).map(({ machineId }) => machineId)).toEqual([i]);
      }
    });

    it.each(["", "a b", "a/b", "ü", "x".repeat(129)])("refuses the namespace %j", async (namespace) => {
      const store = await place.client(new ManualClock());
      await expect(store.open(namespace, LAYOUT)).rejects.toMatchObject({ code: "NAMESPACE_INVALID" });
    });

    if (judge.kind === "observer") observerClaims(open);
    else serverClaims(open, judge.leastLapseMs);

    it("has no claim on a register without a holder", async () => {
      const store = await open();
      await store.write([writeOf(0, 0, { holder: null })]);
      expect((await store.read())[0]!.claimed).toBe(false);
    });

    it("returns every register of a wide layout", async () => {
      const store = await open();
      const writes: RegisterWrite[] = Array.from({ length: 1024 }, (_, i) => ({
        ...writeOf(i % 32, 0),
        datacenterId: Math.floor(i / 32),
      }));
      expect(await store.write(writes)).toBe("done");
      expect(await store.read()).toHaveLength(1024);
    });

    it("answers nothing once it is closed", async () => {
      const store = await open();
      await store.close();
      await expect(store.read()).rejects.toMatchObject({ code: "STORE_CLOSED" });
      await expect(store.write([writeOf(0, 0)])).rejects.toMatchObject({ code: "STORE_CLOSED" });
    });
  });
}

type Open = (clock?: ManualClock) => Promise<RegisterStore>;

/** How claims end where nobody but the observer has a clock. */
function observerClaims(open: Open): void {
  it("ends a claim when its version has not changed for its lapse, on the observer's monotonic clock alone", async () => {
    const clock = new ManualClock();
    const [holder, observer] = [await open(new ManualClock(0)), await open(clock)];
    const claimed = async () => (await observer.read())[0]!.claimed;
    await holder.write([writeOf(0, 0, { lapseMs: 1000 })]);
    expect(await claimed()).toBe(true);
    clock.step(1e9);
    expect(await claimed()).toBe(true);
    clock.pass(999);
    expect(await claimed()).toBe(true);
    clock.pass(1);
    expect(await claimed()).toBe(false);
  });

  it("lets a claim stand as long as it is renewed", async () => {
    const clock = new ManualClock();
    const [holder, observer] = [await open(), await open(clock)];
    for (let version = 0; version < 10; version++) {
      await holder.write([writeOf(0, version, { lapseMs: 1000 })]);
      expect((await observer.read())[0]!.claimed).toBe(true);
      clock.pass(900);
    }
  });
}

/** How claims end where the server has a clock: real time has to pass, and no client's clock matters. */
function serverClaims(open: Open, lapseMs: number): void {
  it("lets a claim stand for its lapse and ends it after that, on the server's clock alone", async () => {
    const clock = new ManualClock();
    const [holder, observer] = [await open(new ManualClock(0)), await open(clock)];
    const written = performance.now();
    await holder.write([writeOf(0, 0, { lapseMs })]);
    let stood = false;
    for (;;) {
      const elapsedMs = performance.now() - written;
      const [stored] = await observer.read();
      if (!stored!.claimed) break;
      stood = true;
      // Twice as long is more than any store takes to notice, and a fault if it is needed for ever.
      expect(elapsedMs).toBeLessThan(20 * lapseMs + 5000);
      clock.pass(1e9);
      clock.step(-3e9);
    }
    expect(stood).toBe(true);
    expect(performance.now() - written).toBeGreaterThanOrEqual(lapseMs);
    // Another look, by somebody who has never looked before, tells the same.
    const newcomer = await open();
    expect((await newcomer.read())[0]!.claimed).toBe(false);
  });

  it("lets a claim stand as long as it is renewed", async () => {
    const [holder, observer] = [await open(), await open()];
    const until = performance.now() + 2 * lapseMs;
    for (let version = 0; performance.now() < until; version++) {
      await holder.write([writeOf(0, version, { lapseMs })]);
      expect((await observer.read())[0]!.claimed).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, lapseMs / 5));
    }
  });

  it("tells the server's time, whatever its clients' clocks read", async () => {
    const store = await open(new ManualClock(0));
    expect(Math.abs((await store.now()) - Date.now())).toBeLessThan(60_000);
    await store.read();
    expect(Math.abs((await store.now()) - Date.now())).toBeLessThan(60_000);
  });
}
