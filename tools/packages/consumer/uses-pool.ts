import { opaqueIds } from "@shardflake/opaque";
import { createPool, type Pool } from "@shardflake/pool";
import * as protocol from "@shardflake/pool/protocol";
import * as simulator from "@shardflake/simulator";
import * as audit from "@shardflake/simulator/audit";

export async function firstIds(): Promise<BigUint64Array> {
  await using pool: Pool = await createPool({ shards: 2 });
  return await pool.generate(10);
}

export const entries: readonly unknown[] = [opaqueIds, protocol, simulator, audit];
