import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findBinaries } from "./binaries.js";
import { type Daemon, startDaemon, until } from "./daemon.js";
import { freePorts } from "./free-port.js";

/** A cluster of three members on loopback, with its data in a temporary directory. */
export interface EtcdCluster {
  /** Addresses of the members. */
  readonly endpoints: readonly string[];
  /** The cluster as `--store` names it. */
  readonly store: string;
  /** Calls the gateway of one member. */
  call<Answer>(member: number, method: string, body: object, token?: string): Promise<Answer>;
  /** Index of the leader. */
  leader(): Promise<number>;
  start(member: number): void;
  /** Ends one member with a signal. */
  stop(member: number, signal: NodeJS.Signals): Promise<void>;
  /** Waits until every running member has a leader. */
  ready(): Promise<void>;
  /** Deletes every key. */
  clear(): Promise<void>;
  remove(): Promise<void>;
}

const MEMBERS = 3;

/** In memory where that can be: three members on one disk wait for one another's flushes. */
const ROOT: string = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** Undefined where etcd is not installed, which the suite then says. */
export function etcdBinary(suite: string): string | undefined {
  return findBinaries(suite, ["etcd"])?.etcd;
}

export async function startEtcd(binary: string, options: readonly string[] = []): Promise<EtcdCluster> {
  const directory = mkdtempSync(join(ROOT, "shardflake-etcd-"));
  const ports = await freePorts(2 * MEMBERS);
  const endpoints = ports.slice(0, MEMBERS).map((port) => `http://127.0.0.1:${port}`);
  const peers = ports.slice(MEMBERS).map((port) => `http://127.0.0.1:${port}`);
  const members: (Daemon | undefined)[] = [];

  async function call<Answer>(member: number, method: string, body: object, token?: string): Promise<Answer> {
    const response = await fetch(`${endpoints[member]}/v3/${method}`, {
      method: "POST",
      body: JSON.stringify(body),
      headers: token === undefined ? {} : { authorization: token },
      signal: AbortSignal.timeout(5000),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(answer);
    return JSON.parse(answer) as Answer;
  }

  const cluster: EtcdCluster = {
    endpoints,
    store: `etcd:${endpoints.join(",")}`,
    call,
    async leader() {
      for (const [index, member] of members.entries()) {
        if (member === undefined) continue;
        const status = await call<{ leader?: string; header: { member_id: string } }>(index, "maintenance/status", {});
        if (status.leader === status.header.member_id) return index;
      }
      throw new Error("no member leads");
    },
    start(member) {
      const initial = peers.map((peer, index) => `m${index}=${peer}`).join(",");
      members[member] = startDaemon(binary, [
        `--name=m${member}`,
        `--data-dir=${join(directory, `m${member}`)}`,
        `--listen-client-urls=${endpoints[member]}`,
        `--advertise-client-urls=${endpoints[member]}`,
        `--listen-peer-urls=${peers[member]}`,
        `--initial-advertise-peer-urls=${peers[member]}`,
        `--initial-cluster=${initial}`,
        "--initial-cluster-state=new",
        "--log-level=error",
        ...options,
      ]);
    },
    async stop(member, signal) {
      await members[member]?.stop(signal);
      members[member] = undefined;
    },
    async ready() {
      for (const [index, member] of members.entries()) {
        if (member === undefined) continue;
        const range = { key: Buffer.from("ready").toString("base64") };
        await until("etcd to answer", async () => !!(await call(index, "kv/range", range)), 30_000, member.output);
      }
    },
    async clear() {
      const all = Buffer.from("\0").toString("base64");
      await call(0, "kv/deleterange", { key: all, range_end: all });
    },
    async remove() {
      await Promise.all(members.map((_, index) => cluster.stop(index, "SIGKILL")));
      rmSync(directory, { recursive: true });
    },
  };
  for (let member = 0; member < MEMBERS; member++) cluster.start(member);
  await cluster.ready();
  return cluster;
}
