import { readFileSync } from "node:fs";
import { createServer, type RequestListener, request } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { type Clock, defineLayout, systemClock } from "@shardflake/core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createEtcdStore, etcdStore } from "../../src/store/etcd/etcd.js";
import { encode } from "../../src/store/etcd/keys.js";
import type { RegisterStore } from "../../src/store/store.js";
import { findBinaries } from "../servers/binaries.js";
import { makeCertificate } from "../servers/certificate.js";
import { type EtcdCluster, etcdBinary, startEtcd } from "../servers/etcd-cluster.js";
import { storeContract } from "./contract.js";
import { holdersOn } from "./holders.js";
import { processesOn } from "./processes.js";
import { sorted, writeOf } from "./registers.js";

const LAYOUT = defineLayout();
const binary = etcdBinary("the etcd store");
const tls = findBinaries("the etcd store by TLS", ["openssl"]);

/** A busy machine is no outage: here members may take long. */
function clientOf(address: string, clock: Clock = systemClock, timeoutMs = 5000): RegisterStore {
  return createEtcdStore({ ...(etcdStore(address).options as object), timeoutMs }, clock);
}

describe.skipIf(binary === undefined)("etcd", () => {
  let cluster: EtcdCluster;

  beforeAll(async () => {
    cluster = await startEtcd(binary!, ["--heartbeat-interval=50", "--election-timeout=500"]);
  }, 60_000);

  afterAll(() => cluster?.remove());

  // The shortest lease that a cluster grants outlasts its elections.
  storeContract("etcd", { kind: "server", leastLapseMs: 1000 }, async () => ({
    client: async (clock) => clientOf(cluster.store, clock),
    remove: () => cluster.clear(),
  }));

  holdersOn("etcd", 60, async () => ({
    client: async (clock) => clientOf(cluster.store, clock),
    remove: () => cluster.clear(),
  }));

  processesOn("etcd", { rounds: 100, claimAfterKill: "stands" }, async () => ({
    store: cluster.store,
    remove: () => cluster.clear(),
  }));

  describe("the store", () => {
    const stores: RegisterStore[] = [];
    const servers: Server[] = [];

    afterEach(async () => {
      for (const store of stores.splice(0)) await store.close();
      for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
      await cluster.clear();
    });

    async function opened(address = cluster.store, timeoutMs = 5000): Promise<RegisterStore> {
      const store = clientOf(address, systemClock, timeoutMs);
      await store.open("n", LAYOUT);
      stores.push(store);
      return store;
    }

    async function listening(server: Server): Promise<number> {
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return (server.address() as AddressInfo).port;
    }

    it("writes more registers at once than etcd compares in one transaction, all or none, beside others that write", async () => {
      const [one, other] = [await opened(), await opened()];
      const even = (version: number, nonce: string) =>
        Array.from({ length: 512 }, (_, i) => ({
          ...writeOf((2 * i) % 32, version, { nonce }),
          datacenterId: Math.floor((2 * i) / 32),
        }));
      let isBusy = true;
      const between = (async () => {
        for (let version = 0; isBusy; version++) expect(await other.write([writeOf(1, version)])).toBe("done");
      })();
      for (let version = 0; version < 5; version++) expect(await one.write(even(version, "one"))).toBe("done");
      isBusy = false;
      await between;
      expect(await other.write([writeOf(2, 5, { nonce: "other" })])).toBe("done");
      expect(await one.write(even(5, "late"))).toBe("conflict");
      const registers = sorted(await one.read()).filter(({ machineId }) => machineId % 2 === 0);
      expect(registers).toHaveLength(512);
      expect(registers.filter(({ register }) => register.nonce === "one")).toHaveLength(511);
    }, 30_000);

    it("refuses more registers than one transaction may put", async () => {
      const store = await opened();
      const writes = Array.from({ length: 3601 }, (_, i) => ({ ...writeOf(i % 32, 0), datacenterId: i >> 5 }));
      await expect(store.write(writes)).rejects.toMatchObject({ code: "STORE_LIMIT" });
      expect(await store.read()).toEqual([]);
    });

    it("takes a new lease where the old one has ended", async () => {
      const store = await opened();
      await store.write([writeOf(0, 0)]);
      const { leases } = await cluster.call<{ leases: { ID: string }[] }>(0, "lease/leases", {});
      // Those of earlier tests may end by themselves meanwhile.
      for (const lease of leases) await cluster.call(0, "lease/revoke", lease).catch(ignoreLeaseNotFound);
      expect((await store.read())[0]!.claimed).toBe(false);
      expect(await store.write([writeOf(0, 1)])).toBe("done");
      expect((await store.read())[0]!.claimed).toBe(true);
    });

    it("says that its namespace was deleted, and begins none anew", async () => {
      const store = await opened();
      await store.write([writeOf(0, 0)]);
      await cluster.clear();
      await expect(store.write([writeOf(0, 0)])).rejects.toMatchObject({ code: "STORE_CORRUPT" });
      expect(await store.read()).toEqual([]);
    });

    it("refuses a record of a newer format", async () => {
      const store = await opened();
      const key = encode("shardflake/n/registers/00000/00000");
      await cluster.call(0, "kv/put", { key, value: encode('{"format":2}') });
      await expect(store.read()).rejects.toMatchObject({ code: "STORE_FORMAT_NEWER" });
    });

    it("asks another member where one is away, or accepts and says nothing", async () => {
      const sockets: Socket[] = [];
      const silent = await listening(createTcpServer((socket) => sockets.push(socket)));
      const [member] = cluster.endpoints;
      const store = await opened(`etcd:http://127.0.0.1:1,http://127.0.0.1:${silent},${member}`, 300);
      expect(await store.write([writeOf(0, 0)])).toBe("done");
      expect(await store.read()).toHaveLength(1);
      expect(sockets.length).toBeGreaterThan(0);
      for (const socket of sockets) socket.destroy();
    });

    it("does not repeat a write whose answer was lost", async () => {
      const [member] = cluster.endpoints;
      let isDeaf = false;
      const port = await listening(
        createServer((incoming, outgoing) => {
          const isLost = isDeaf && incoming.url === "/v3/kv/txn";
          const forwarded = request(`${member}${incoming.url}`, { method: "POST", agent: false }, (answer) => {
            if (isLost) answer.resume().once("end", () => outgoing.destroy());
            else answer.pipe(outgoing.writeHead(answer.statusCode!, answer.headers));
          });
          incoming.pipe(forwarded);
        }),
      );
      const store = await opened(`etcd:http://127.0.0.1:${port},${member}`);
      isDeaf = true;
      await expect(store.write([writeOf(0, 0)])).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
      // The turn has passed to the member itself.
      expect((await store.read()).map(({ version }) => version)).toEqual([1]);
    });

    it("says that there is no room, and that nothing was written", async () => {
      const store = await opened();
      await store.write([writeOf(0, 0)]);
      const { header } = await cluster.call<{ header: { member_id: string } }>(0, "maintenance/status", {});
      const alarm = { memberID: header.member_id, alarm: "NOSPACE" };
      await cluster.call(0, "maintenance/alarm", { ...alarm, action: "ACTIVATE" });
      try {
        await expect(store.write([writeOf(0, 1)])).rejects.toMatchObject({ code: "STORE_FULL" });
      } finally {
        await cluster.call(0, "maintenance/alarm", { ...alarm, action: "DEACTIVATE" });
      }
      expect(await store.write([writeOf(0, 1)])).toBe("done");
    });

    describe.skipIf(tls === undefined)("by TLS", () => {
      it("shows its certificate and checks the member's", async () => {
        const files = makeCertificate(tls!.openssl);
        const [cert, key] = [readFileSync(files.cert, "utf8"), readFileSync(files.key, "utf8")];
        const forward: RequestListener = (incoming, outgoing) => {
          const forwarded = request(`${cluster.endpoints[0]}${incoming.url}`, { method: "POST" }, (answer) =>
            answer.pipe(outgoing),
          );
          incoming.pipe(forwarded);
        };
        const options = { cert, key, ca: cert, requestCert: true, rejectUnauthorized: true };
        const port = await listening(createTlsServer(options, forward));
        const address = `etcd:https://127.0.0.1:${port}`;
        const store = await opened(`${address}?ca=${files.cert}&cert=${files.cert}&key=${files.key}`);
        expect(await store.write([writeOf(0, 0)])).toBe("done");
        await store.close();
        await expect(clientOf(`${address}?ca=${files.cert}`).open("n", LAYOUT)).rejects.toMatchObject({
          code: "STORE_UNAVAILABLE",
        });
        await expect(clientOf(address).open("n", LAYOUT)).rejects.toMatchObject({
          code: "STORE_UNAVAILABLE",
          message: expect.stringMatching(/certificate/),
        });
        files.remove();
      });
    });
  });

  describe("where users are checked", () => {
    const root = { name: "root", password: "root" };

    beforeAll(async () => {
      const worker = { name: "worker", password: "secret" };
      for (const user of [root, worker]) await cluster.call(0, "auth/user/add", user);
      for (const name of ["root", "shardflake"]) await cluster.call(0, "auth/role/add", { name });
      const perm = { permType: "READWRITE", key: encode("shardflake/"), range_end: encode("shardflake0") };
      await cluster.call(0, "auth/role/grant", { name: "shardflake", perm });
      await cluster.call(0, "auth/user/grant", { user: "root", role: "root" });
      await cluster.call(0, "auth/user/grant", { user: "worker", role: "shardflake" });
      await cluster.call(0, "auth/enable", {});
    });

    afterAll(async () => {
      const { token } = await cluster.call<{ token: string }>(0, "auth/authenticate", root);
      await cluster.call(0, "auth/disable", {}, token);
    });

    afterEach(async () => {
      const { token } = await cluster.call<{ token: string }>(0, "auth/authenticate", root);
      await cluster.call(0, "kv/deleterange", { key: encode("\0"), range_end: encode("\0") }, token);
    });

    const as = (user: string): string => cluster.store.replace("http://", `http://${user}@`);

    it("works with the rights to its own keys, and gets another token when the first has run out", async () => {
      const store = clientOf(as("worker:secret"));
      await store.open("n", LAYOUT);
      expect(await store.write([writeOf(0, 0)])).toBe("done");
      // Whatever changes rights ends the tokens that were given before.
      const { token } = await cluster.call<{ token: string }>(0, "auth/authenticate", root);
      await cluster.call(0, "auth/role/add", { name: `r${Date.now()}` }, token);
      expect(await store.write([writeOf(0, 1)])).toBe("done");
      expect((await store.read()).map(({ version, claimed }) => [version, claimed])).toEqual([[2, true]]);
      await store.close();
    });

    it.each(["worker:hunter2", "nobody:hunter2"])("refuses %s without a word of the password", async (user) => {
      const store = clientOf(as(user));
      const error = await store.open("n", LAYOUT).then(
        () => new Error("opened"),
        (reason: Error) => reason,
      );
      expect(error).toMatchObject({ code: "STORE_DENIED" });
      expect(`${store.name} ${error.stack}`).not.toContain("hunter2");
    });

    it("refuses nobody at all", async () => {
      await expect(clientOf(cluster.store).open("n", LAYOUT)).rejects.toMatchObject({ code: "STORE_DENIED" });
    });
  });
});

function ignoreLeaseNotFound(error: Error): void {
  if (!error.message.includes("lease not found")) throw error;
}
