import type { LayoutOptions } from "@shardflake/core";
import Snowflakify, { SequenceFragment, TimestampFragment, WorkerFragment } from "snowflakify";
import type { CreateSubject } from "../subject.js";

export const layout: LayoutOptions = {
  timestampBits: 41,
  datacenterBits: 0,
  machineBits: 10,
  sequenceBits: 12,
  tickMs: 1,
};

const create: CreateSubject = ({ machineId, layout: { timestampBits, machineBits, sequenceBits, epochMs } }) => {
  const worker = new WorkerFragment(machineBits, machineId);
  // It takes 0 for "none given" and puts the number of the thread in its place, which differs from run to run.
  worker.value = BigInt(machineId);
  const snowflake = new Snowflakify({
    fragmentArray: [new TimestampFragment(timestampBits, epochMs), worker, new SequenceFragment(sequenceBits)],
  });
  return { next: () => snowflake.nextId() };
};

export default create;
