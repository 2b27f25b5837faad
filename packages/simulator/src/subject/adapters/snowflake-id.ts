import type { LayoutOptions } from "@shardflake/core";
import snowflakeId from "snowflake-id";
import type { CreateSubject } from "../subject.js";

export const layout: LayoutOptions = {
  timestampBits: 41,
  datacenterBits: 0,
  machineBits: 10,
  sequenceBits: 12,
  tickMs: 1,
};

const create: CreateSubject = ({ machineId, layout: { epochMs } }) => {
  const snowflake = new snowflakeId.default({ mid: machineId, offset: epochMs });
  return { next: () => snowflake.generate() };
};

export default create;
