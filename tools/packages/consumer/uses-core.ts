import { createGenerator, type DecomposedId, decompose, defineLayout, type Generator, presets } from "@shardflake/core";
import * as capacity from "@shardflake/core/capacity";
import * as migration from "@shardflake/core/migration";
import * as sql from "@shardflake/core/sql";

export const generator: Generator = createGenerator({ layout: defineLayout({}), datacenterId: 0, machineId: 0 });
export const sections: DecomposedId = decompose(presets.twitter, generator.next());
export const entries: readonly object[] = [capacity, migration, sql];
