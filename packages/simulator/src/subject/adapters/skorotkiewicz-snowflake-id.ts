import type { LayoutOptions } from "@shardflake/core";
import { Snowflake } from "@skorotkiewicz/snowflake-id";
import type { CreateSubject } from "../subject.js";

/** The package counts from 1970 and offers no other epoch. */
export const layout: LayoutOptions = {
  timestampBits: 41,
  datacenterBits: 0,
  machineBits: 10,
  sequenceBits: 12,
  tickMs: 1,
  epoch: 0,
};

const create: CreateSubject = ({ machineId }) => {
  const snowflake = new Snowflake(machineId);
  return { next: () => snowflake.generate() };
};

export default create;
