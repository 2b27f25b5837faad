import type { Layout } from "@shardflake/core";
import { type Keeper, type StoredRegister, startLocalKeeper } from "@shardflake/pool";
import type { MachinesOptions } from "../commands/machines.js";
import { openOutput } from "../output.js";
import { parseInteger } from "../values/integer.js";
import { parseMachineId } from "../values/machine-ids.js";
import { parseStoreSettings, type StoreSettings } from "../values/store.js";
import { registerDocument, registerTable } from "./machines-table.js";

/** Prints every register that was ever used. */
export async function listMachines(options: MachinesOptions): Promise<void> {
  await withKeeper(options, async (keeper, { layout }) => print(await keeper.inspect(), layout, options));
}

/** Ends the claim on one machine ID. Its holder, if it lives, issues no further window. */
export async function releaseMachine(machine: string, options: MachinesOptions): Promise<void> {
  await withKeeper(options, async (keeper, { layout }) => {
    const { datacenterId, machineId } = parseMachineId(machine, layout);
    await print([await keeper.forceRelease(datacenterId, machineId)], layout, options);
  });
}

/** Sets machine IDs aside for backfill. */
export async function reserveMachines(options: MachinesOptions): Promise<void> {
  await withKeeper(options, async (keeper, { layout }) => {
    const count = parseInteger(options.backfill ?? "", "--backfill", 1, layout.machines);
    await print(await keeper.reserveBackfill(count), layout, options);
  });
}

async function withKeeper(
  options: MachinesOptions,
  run: (keeper: Keeper, settings: StoreSettings) => Promise<void>,
): Promise<void> {
  const settings = parseStoreSettings(options);
  const keeper = await startLocalKeeper(settings);
  try {
    await run(keeper, settings);
  } finally {
    await keeper.close();
  }
}

async function print(registers: readonly StoredRegister[], layout: Layout, options: MachinesOptions): Promise<void> {
  const sorted = [...registers].sort((a, b) => a.datacenterId - b.datacenterId || a.machineId - b.machineId);
  const documents = sorted.map((stored) => registerDocument(stored, layout, Date.now()));
  const text = options.json ? `${JSON.stringify(documents)}\n` : registerTable(documents);
  await openOutput().write(text);
}
