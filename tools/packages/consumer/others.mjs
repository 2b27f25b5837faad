import { opaqueIds } from "@shardflake/opaque";
import { simulateVirtual } from "@shardflake/simulator";
import { auditStream } from "@shardflake/simulator/audit";

console.log([opaqueIds, simulateVirtual, auditStream].map(({ name }) => name).join(", "));
