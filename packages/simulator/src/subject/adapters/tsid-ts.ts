import type { LayoutOptions } from "@shardflake/core";
import { TSIDGenerator } from "tsid-ts";
import type { CreateSubject } from "../subject.js";

export const layout: LayoutOptions = {
  timestampBits: 41,
  datacenterBits: 0,
  machineBits: 10,
  sequenceBits: 12,
  tickMs: 1,
};

const create: CreateSubject = ({ machineId, layout: { machineBits, epochMs } }) => {
  const generator = new TSIDGenerator(machineId, machineBits, epochMs);
  return { next: () => generator.create().number };
};

export default create;
