import type { LayoutOptions } from "@shardflake/core";
import nodejsSnowflake from "nodejs-snowflake";
import type { CreateSubject } from "../subject.js";

export const layout: LayoutOptions = {
  timestampBits: 41,
  datacenterBits: 0,
  machineBits: 12,
  sequenceBits: 10,
  tickMs: 1,
};

const create: CreateSubject = ({ machineId, layout: { epochMs } }) => {
  const snowflake = new nodejsSnowflake.Snowflake({ custom_epoch: epochMs, instance_id: machineId });
  return { next: () => BigInt(String(snowflake.getUniqueID())) };
};

export default create;
