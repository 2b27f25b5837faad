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

/**
 * It takes machine ID 0 for "none given" and makes it 1, which would collide with the next one: so it is given the number
 * above, and its IDs are brought back.
 */
const create: CreateSubject = ({ machineId, layout: { epochMs } }) => {
  const snowflake = new snowflakeId.default({ mid: machineId + 1, offset: epochMs });
  return { next: () => BigInt(snowflake.generate()) - 4096n };
};

export default create;
