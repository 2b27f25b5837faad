import { SnowflakeId } from "@akashrajpurohit/snowflake-id";
import type { LayoutOptions } from "@shardflake/core";
import type { CreateSubject } from "../subject.js";

export const layout: LayoutOptions = {
  timestampBits: 41,
  datacenterBits: 0,
  machineBits: 10,
  sequenceBits: 12,
  tickMs: 1,
};

const create: CreateSubject = ({ machineId, layout: { epochMs } }) => {
  const snowflake = SnowflakeId({ workerId: machineId, epoch: epochMs });
  return { next: () => snowflake.generate() };
};

export default create;
