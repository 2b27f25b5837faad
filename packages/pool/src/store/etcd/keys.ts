import type { Layout } from "@shardflake/core";
import { checkRegisterId } from "../../register/machine-id.js";
import { corrupt } from "../../register/record.js";
import type { MachineId } from "../../register/register.js";
import type { Range } from "./messages.js";

const DIGITS = 5;

/**
 * The keys of one namespace, in base64 as the gateway wants them:
 *
 *     shardflake/NAMESPACE/layout                   which layout its IDs have
 *     shardflake/NAMESPACE/registers/00003/00017    register of machine ID 3/17, for ever
 *     shardflake/NAMESPACE/holders/HOLDER           on a lease of etcd: the claim of a holder, for as long as it renews
 *
 * Numbers have a fixed width, so that keys are in the order of machine IDs.
 */
export class NamespaceKeys {
  readonly layout: string;
  readonly registers: Required<Pick<Range, "key" | "range_end">>;
  readonly holders: Required<Pick<Range, "key" | "range_end">>;
  private readonly root: string;

  constructor(namespace: string) {
    this.root = `shardflake/${namespace}/`;
    this.layout = encode(`${this.root}layout`);
    this.registers = below(`${this.root}registers/`);
    this.holders = below(`${this.root}holders/`);
  }

  registerOf({ datacenterId, machineId }: MachineId): string {
    return encode(`${this.root}registers/${digits(datacenterId)}/${digits(machineId)}`);
  }

  /** The first key after that of a machine ID. */
  afterRegister(id: MachineId): string {
    return encode(`${decode(this.registerOf(id))}\0`);
  }

  holderOf(holder: string): string {
    return encode(`${this.root}holders/${holder}`);
  }

  /** @throws ShardflakeError `STORE_CORRUPT`, `MACHINE_ID_INVALID` */
  machineOf(key: string, layout: Layout, where: string): MachineId {
    const match = /\/(\d{5,})\/(\d{5,})$/.exec(decode(key));
    if (match === null) throw corrupt(where, `got the key ${decode(key)}`);
    return checkRegisterId(layout, { datacenterId: Number(match[1]), machineId: Number(match[2]) });
  }
}

export function encode(text: string): string {
  return Buffer.from(text, "utf8").toString("base64");
}

export function decode(base64: string): string {
  return Buffer.from(base64, "base64").toString("utf8");
}

function digits(number: number): string {
  return String(number).padStart(DIGITS, "0");
}

/** Every key that begins with a prefix which ends in a slash. */
function below(prefix: string): { key: string; range_end: string } {
  return { key: encode(prefix), range_end: encode(`${prefix.slice(0, -1)}0`) };
}
