import { Snowflake } from "@sapphire/snowflake";
import type { LayoutOptions } from "@shardflake/core";
import type { CreateSubject } from "../subject.js";

export const layout: LayoutOptions = {
  timestampBits: 41,
  datacenterBits: 5,
  machineBits: 5,
  sequenceBits: 12,
  tickMs: 1,
};

const create: CreateSubject = ({ datacenterId, machineId, layout: { epochMs } }) => {
  const snowflake = new Snowflake(epochMs);
  snowflake.workerId = datacenterId;
  snowflake.processId = machineId;
  return { next: () => snowflake.generate() };
};

export default create;
