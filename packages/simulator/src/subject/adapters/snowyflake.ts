import type { LayoutOptions } from "@shardflake/core";
import { Snowyflake } from "snowyflake";
import type { CreateSubject } from "../subject.js";

export const layout: LayoutOptions = {
  timestampBits: 41,
  datacenterBits: 5,
  machineBits: 5,
  sequenceBits: 12,
  tickMs: 1,
};

const create: CreateSubject = ({ datacenterId, machineId, layout: { epochMs } }) => {
  const snowflake = new Snowyflake({
    epoch: BigInt(epochMs),
    workerId: BigInt(datacenterId),
    processId: BigInt(machineId),
  });
  return { next: () => snowflake.nextId() };
};

export default create;
