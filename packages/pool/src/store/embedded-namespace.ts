import type { Layout } from "@shardflake/core";
import { checkRegisterId, machineKey } from "../register/machine-id.js";
import { corrupt } from "../register/record.js";
import type { MachineId, RegisterWrite } from "../register/register.js";
import type { Database, Table } from "./embedded-database.js";
import { decodeEnvelope, type Envelope, encodeEnvelope } from "./envelope.js";
import { checkNamespaceRecord, encodeNamespace } from "./namespace.js";
import type { Owner } from "./owner.js";
import { checksumOf, seal, unseal } from "./seal.js";

/** A register with its version and owner. */
export interface EmbeddedEntry extends MachineId {
  readonly envelope: Envelope;
}

/** How many registers a namespace has, and the sum of their checksums: a register that went missing would be free. */
interface Census {
  readonly registers: number;
  readonly checksum: number;
}

/** One namespace of an embedded store. Its keys are "namespace", "namespace #" for the census and "namespace D/M". */
export class EmbeddedNamespace {
  private readonly database: Database;
  private readonly namespace: string;
  private readonly layout: Layout;
  private readonly where: string;

  constructor(database: Database, storeName: string, namespace: string, layout: Layout) {
    this.database = database;
    this.namespace = namespace;
    this.layout = layout;
    this.where = `namespace ${namespace} in ${storeName}`;
  }

  /** The first user writes the layout; everybody else must bring the same. */
  claim(): void {
    this.database.transaction((table) => {
      const record = table.get(this.namespace);
      if (record === undefined) {
        const [orphan] = this.sealedRegisters(table);
        if (orphan !== undefined || table.get(this.censusKey) !== undefined) {
          throw corrupt(this.where, "got registers without a layout");
        }
        table.put(this.namespace, seal(this.namespace, encodeNamespace(this.layout)));
        this.putCensus(table, { registers: 0, checksum: 0 });
        return;
      }
      checkNamespaceRecord(unseal(this.namespace, record, this.where), this.namespace, this.layout, this.where);
      this.census(table);
    });
  }

  /** Every register, checked. */
  entries(): EmbeddedEntry[] {
    return this.database.transaction((table) => {
      const entries: EmbeddedEntry[] = [];
      let checksum = 0;
      for (const { id, key, sealed, where } of this.sealedRegisters(table)) {
        entries.push({ ...id, envelope: decodeEnvelope(key, sealed, where) });
        checksum ^= checksumOf(sealed);
      }
      const census = this.census(table);
      if (census.registers !== entries.length || census.checksum !== checksum >>> 0) {
        throw corrupt(this.where, `got ${entries.length} registers that do not fit the census`);
      }
      return entries;
    });
  }

  /** Compares every version, then replaces every register, all in one durable transaction. */
  replace(writes: readonly RegisterWrite[], owner: Owner): "done" | "conflict" {
    return this.database.transaction((table) => {
      let { registers, checksum } = this.census(table);
      const before = writes.map((write) => table.get(this.keyOf(write)));
      const versions = before.map((sealed, index) => this.versionOf(sealed, writes[index]!));
      if (writes.some((write, index) => write.expectedVersion !== versions[index])) return "conflict";
      writes.forEach(({ register, ...write }, index) => {
        const replaced = before[index];
        const sealed = encodeEnvelope(this.keyOf(write), { version: write.expectedVersion + 1, owner, register });
        if (replaced === undefined) registers++;
        else checksum ^= checksumOf(replaced);
        checksum ^= checksumOf(sealed);
        table.put(this.keyOf(write), sealed);
      });
      this.putCensus(table, { registers, checksum: checksum >>> 0 });
      return "done";
    });
  }

  private versionOf(sealed: string | undefined, id: MachineId): number {
    return sealed === undefined ? 0 : decodeEnvelope(this.keyOf(id), sealed, this.whereOf(id)).version;
  }

  private *sealedRegisters(table: Table): Iterable<{ id: MachineId; key: string; sealed: string; where: string }> {
    for (const { key, value } of table.range(`${this.namespace} 0`, `${this.namespace} :`)) {
      const match = /^(\d+)\/(\d+)$/.exec(key.slice(this.namespace.length + 1));
      if (match === null) throw corrupt(this.where, `got the key ${key}`);
      const id = checkRegisterId(this.layout, { datacenterId: Number(match[1]), machineId: Number(match[2]) });
      yield { id, key, sealed: value, where: this.whereOf(id) };
    }
  }

  private census(table: Table): Census {
    const sealed = table.get(this.censusKey);
    const census = JSON.parse(unseal(this.censusKey, sealed, this.where)) as Partial<Census>;
    if (!Number.isSafeInteger(census.registers) || !Number.isSafeInteger(census.checksum)) {
      throw corrupt(this.where, "got a census without numbers");
    }
    return census as Census;
  }

  private putCensus(table: Table, census: Census): void {
    table.put(this.censusKey, seal(this.censusKey, JSON.stringify(census)));
  }

  private get censusKey(): string {
    return `${this.namespace} #`;
  }

  private keyOf(id: MachineId): string {
    return `${this.namespace} ${machineKey(id)}`;
  }

  private whereOf(id: MachineId): string {
    return `machine ID ${machineKey(id)} of ${this.where}`;
  }
}
