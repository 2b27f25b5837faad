import type { LayoutOptions } from "@shardflake/core";
import { SnowflakeIdv1 } from "simple-flakeid";
import type { CreateSubject } from "../subject.js";

/** The package's default section lengths. */
export const layout: LayoutOptions = {
  timestampBits: 41,
  datacenterBits: 0,
  machineBits: 6,
  sequenceBits: 6,
  tickMs: 1,
};

const create: CreateSubject = ({ machineId, layout: { epochMs } }) => {
  const snowflake = new SnowflakeIdv1({ workerId: machineId, baseTime: epochMs });
  return { next: () => snowflake.NextBigId() };
};

export default create;
