import { type Clock, type Layout, ShardflakeError } from "@shardflake/core";
import { machineKey } from "../register/machine-id.js";
import type { RegisterWrite, StoredRegister } from "../register/register.js";
import { ClaimObserver } from "./claims.js";
import { checkNamespace, checkNamespaceRecord, encodeNamespace } from "./namespace.js";
import { SharedText } from "./shared-text.js";
import type { RegisterStore, StoreSpec } from "./store.js";

/** What the memory store's factory takes. */
interface MemoryOptions {
  readonly name: string;
  readonly memory: SharedArrayBuffer;
}

/** Everything in one memory: namespaces by name, registers by machine key. */
interface MemoryContent {
  readonly [namespace: string]: { readonly record: string; readonly registers: Record<string, Entry> };
}

type Entry = Omit<StoredRegister, "claimed">;

const memories = new Map<string, SharedArrayBuffer>();

/**
 * A store in the memory of this process, shared by all its threads: for tests and throw-away processes. Two processes,
 * and a process and its next run, know nothing of one another: their IDs can be equal.
 *
 * @param name the same name is the same store in this thread; the returned value carries it to other threads
 */
export function memoryStore(name = "default"): StoreSpec {
  let memory = memories.get(name);
  if (memory === undefined) {
    memory = SharedText.allocate();
    memories.set(name, memory);
  }
  const options: MemoryOptions = { name, memory };
  return { module: import.meta.url, export: "createMemoryStore", options };
}

/** The factory behind {@link memoryStore}. */
export function createMemoryStore(options: unknown, clock: Clock): RegisterStore {
  return new MemoryStore(options as MemoryOptions, clock);
}

class MemoryStore implements RegisterStore {
  readonly name: string;
  private readonly content: SharedText;
  private readonly clock: Clock;
  private readonly claims = new ClaimObserver();
  private namespace = "";

  constructor(options: MemoryOptions, clock: Clock) {
    this.name = `memory:${options.name}`;
    this.content = new SharedText(options.memory);
    this.clock = clock;
  }

  async open(namespace: string, layout: Layout): Promise<void> {
    this.namespace = checkNamespace(namespace);
    this.content.update((text) => {
      const content = parse(text);
      const existing = Object.hasOwn(content, namespace) ? content[namespace] : undefined;
      if (existing === undefined) {
        return JSON.stringify({ ...content, [namespace]: { record: encodeNamespace(layout), registers: {} } });
      }
      checkNamespaceRecord(existing.record, namespace, layout, `the namespace in ${this.name}`);
      return undefined;
    });
  }

  async read(): Promise<StoredRegister[]> {
    const monotonicMs = this.clock.monotonic();
    const entries = Object.values(this.registers(parse(this.content.read())));
    return entries.map((entry) => ({
      ...entry,
      claimed: this.claims.stands(entry, entry.version, entry.register, monotonicMs),
    }));
  }

  async write(writes: readonly RegisterWrite[]): Promise<"done" | "conflict"> {
    let outcome: "done" | "conflict" = "conflict";
    this.content.update((text) => {
      const content = parse(text);
      const registers = this.registers(content);
      const current = (write: RegisterWrite) => registers[machineKey(write)]?.version ?? 0;
      if (writes.some((write) => current(write) !== write.expectedVersion)) return undefined;
      for (const { datacenterId, machineId, expectedVersion, register } of writes) {
        const entry: Entry = { datacenterId, machineId, register, version: expectedVersion + 1 };
        registers[machineKey(entry)] = entry;
      }
      outcome = "done";
      return JSON.stringify(content);
    });
    return outcome;
  }

  async now(): Promise<number> {
    return this.clock.now();
  }

  async close(): Promise<void> {
    this.namespace = "";
  }

  private registers(content: MemoryContent): Record<string, Entry> {
    if (Object.hasOwn(content, this.namespace)) return content[this.namespace]!.registers;
    throw new ShardflakeError("STORE_CLOSED", `Expected ${this.name} to be open, but it is not. Open it first.`);
  }
}

function parse(text: string): MemoryContent {
  return text === "" ? {} : (JSON.parse(text) as MemoryContent);
}
