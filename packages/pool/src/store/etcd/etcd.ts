import { type Clock, type Layout, ShardflakeError } from "@shardflake/core";
import { machineKey } from "../../register/machine-id.js";
import { decodeRecord } from "../../register/record.js";
import type { RegisterWrite, StoredRegister } from "../../register/register.js";
import { guardedTime } from "../guarded-time.js";
import { checkNamespace, checkNamespaceRecord, encodeNamespace } from "../namespace.js";
import type { RegisterStore, StoreSpec } from "../store.js";
import { StoreClock } from "../store-clock.js";
import { type EtcdAddress, etcdName, parseEtcdAddress, readTlsFiles } from "./address.js";
import { isLeaseGone } from "./etcd-error.js";
import { Gateway } from "./gateway.js";
import { decode, encode, NamespaceKeys } from "./keys.js";
import { Leases } from "./leases.js";
import type { RangeAnswer, Transaction, TransactionAnswer } from "./messages.js";
import { type Place, replace } from "./replace.js";

/** What the etcd store's factory takes. */
interface EtcdOptions extends EtcdAddress {
  /** How long one member may take to answer before the next is asked, milliseconds. */
  readonly timeoutMs: number;
}

const TIMEOUT_MS = 500;
const DAY_MS = 24 * 3_600_000;

/**
 * A store in an etcd cluster (3.4 or later), for many hosts, by its JSON gateway. A register is a key that stays; the
 * claim to it is the key of its holder, on a lease of etcd. Everything lies below `shardflake/`.
 *
 * @param address `etcd:URL[,URL…]`, for instance
 * `etcd:https://user:password@host1:2379,https://host2:2379?ca=FILE&cert=FILE&key=FILE`
 * @throws ShardflakeError `STORE_INVALID`; the address is not repeated: it may contain a password
 */
export function etcdStore(address: string): StoreSpec {
  const options: EtcdOptions = { ...parseEtcdAddress(address), timeoutMs: TIMEOUT_MS };
  return { module: import.meta.url, export: "createEtcdStore", options };
}

/** The factory behind {@link etcdStore}. */
export function createEtcdStore(options: unknown, clock: Clock): RegisterStore {
  return new EtcdStore(options as EtcdOptions, clock);
}

/** A namespace, opened, with the leases of those who hold registers in it here. */
interface Opened extends Place {
  readonly leases: Leases;
}

class EtcdStore implements RegisterStore {
  readonly name: string;
  private readonly options: EtcdOptions;
  private readonly clock: Clock;
  private readonly time: StoreClock;
  private readonly hostTime: () => number;
  private opened: Opened | null = null;

  constructor(options: EtcdOptions, clock: Clock) {
    this.name = etcdName(options);
    this.options = options;
    this.clock = clock;
    this.time = new StoreClock(clock);
    this.hostTime = guardedTime(clock, DAY_MS);
  }

  async open(namespace: string, layout: Layout): Promise<void> {
    checkNamespace(namespace);
    const keys = new NamespaceKeys(namespace);
    const where = `namespace ${namespace} in ${this.name}`;
    const gateway = new Gateway({
      ...this.options,
      tlsContent: readTlsFiles(this.options.tls),
      name: this.name,
      onTime: (memberMs) => this.time.note(memberMs),
    });
    try {
      const claim: Transaction = {
        compare: [{ key: keys.layout, target: "VERSION", result: "EQUAL", version: "0" }],
        success: [{ request_put: { key: keys.layout, value: encode(encodeNamespace(layout)) } }],
        failure: [{ request_range: { key: keys.layout } }],
      };
      // To claim it twice does no harm.
      const { succeeded, responses } = await gateway.read<TransactionAnswer>("kv/txn", claim);
      const record = responses?.[0]?.response_range?.kvs?.[0]?.value;
      if (succeeded !== true) checkNamespaceRecord(decode(record ?? ""), namespace, layout, where);
      this.opened = { gateway, leases: new Leases(gateway, this.clock), keys, layout, where };
    } catch (error) {
      gateway.close();
      throw error;
    }
  }

  async read(): Promise<StoredRegister[]> {
    const { gateway, keys, layout, where } = this.place();
    const { responses } = await gateway.read<TransactionAnswer>("kv/txn", {
      success: [{ request_range: keys.registers }, { request_range: { ...keys.holders, keys_only: true } }],
    } satisfies Transaction);
    const [registers, holders] = (responses ?? []).map(({ response_range }) => response_range?.kvs ?? []);
    const claims = new Set(holders?.map(({ key }) => key));
    return (registers ?? []).map(({ key, value, version }) => {
      const id = keys.machineOf(key, layout, where);
      const register = decodeRecord(decode(value ?? ""), `machine ID ${machineKey(id)} of ${where}`);
      const { holder } = register;
      const claimed = holder !== null && claims.has(keys.holderOf(holder));
      return { ...id, register, version: Number(version), claimed };
    });
  }

  async write(writes: readonly RegisterWrite[]): Promise<"done" | "conflict"> {
    const place = this.place();
    const leases = await place.leases.of(writes);
    try {
      return await replace(place, writes, leases);
    } catch (error) {
      if (!isLeaseGone(error instanceof ShardflakeError ? error.cause : error)) throw error;
      // They ended while nobody renewed them. Nothing was written: once more, with new ones.
      place.leases.forget(leases.keys());
      return await replace(place, writes, await place.leases.of(writes));
    }
  }

  async now(): Promise<number> {
    const { gateway, keys } = this.place();
    if (this.time.read() === null) {
      await gateway.read<RangeAnswer>("kv/range", { key: keys.layout, keys_only: true, serializable: true });
    }
    // Behind a proxy that takes the date away, this host's clock has to do.
    return this.time.read() ?? this.hostTime();
  }

  async close(): Promise<void> {
    const opened = this.opened;
    this.opened = null;
    opened?.gateway.close();
  }

  private place(): Opened {
    if (this.opened !== null) return this.opened;
    throw new ShardflakeError("STORE_CLOSED", `Expected ${this.name} to be open, but it is not. Open it first.`);
  }
}
