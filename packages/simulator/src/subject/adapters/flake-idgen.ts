import type { LayoutOptions } from "@shardflake/core";
import FlakeId from "flake-idgen";
import type { CreateSubject } from "../subject.js";

export const layout: LayoutOptions = {
  timestampBits: 41,
  datacenterBits: 5,
  machineBits: 5,
  sequenceBits: 12,
  tickMs: 1,
};

const create: CreateSubject = ({ datacenterId, machineId, layout: { epochMs } }) =>
  new FlakeId({ datacenter: datacenterId, worker: machineId, epoch: epochMs });

export default create;
