import type { Layout } from "@shardflake/core";
import { type Keeper, type StoredRegister, startLocalKeeper } from "@shardflake/pool";
import type { MachinesOptions } from "../commands/machines.js";
import { openOutput } from "../output.js";
import { parseInteger } from "../values/integer.js";
import { parseMachineId } from "../values/machine-ids.js";
import { parseStoreSettings, type StoreSettings } from "../values/store.js";
import { parseTimeMs } from "../values/time.js";
import { warningLine } from "../warning.js";
import { registerDocument, registerTable } from "./machines/table.js";

/** Prints every register that was ever used. */
export async function listMachines(options: MachinesOptions): Promise<void> {
  await withKeeper(options, async (keeper, settings) => {
    await print(await keeper.inspect(), keeper, settings.layout, options);
    if (options.quiet !== true) await warnOfClock(keeper, settings);
  });
}

/** Ends the claim on one machine ID. Its holder, if it lives, issues no further window. */
export async function releaseMachine(machine: string, options: MachinesOptions): Promise<void> {
  await withKeeper(options, async (keeper, { layout }) => {
    const { datacenterId, machineId } = parseMachineId(machine, layout);
    await print([await keeper.forceRelease(datacenterId, machineId)], keeper, layout, options);
  });
}

/** Spends every machine ID up to a time. */
export async function raiseFloors(options: MachinesOptions): Promise<void> {
  const toMs = parseTimeMs(options.to ?? "", "--to");
  await withKeeper(options, async (keeper, { layout }) => {
    await print(await keeper.raiseFloors(toMs), keeper, layout, options);
  });
}

/** Sets machine IDs aside for backfill. */
export async function reserveMachines(options: MachinesOptions): Promise<void> {
  await withKeeper(options, async (keeper, { layout }) => {
    const count = parseInteger(options.backfill ?? "", "--backfill", 1, layout.machines);
    await print(await keeper.reserveBackfill(count), keeper, layout, options);
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

/** Whoever looks at registers should know when this host would issue other times than the rest of the fleet. */
async function warnOfClock(keeper: Keeper, { windowMs }: StoreSettings): Promise<void> {
  const leadMs = Date.now() - (await keeper.storeTimeMs());
  if (Math.abs(leadMs) <= windowMs) return;
  const how = leadMs > 0 ? "ahead of" : "behind";
  const message = `This host's clock is ${Math.abs(Math.round(leadMs))} ms ${how} the store's.`;
  process.stderr.write(warningLine(message, leadMs > 0 ? "CLOCK_AHEAD" : "CLOCK_BEHIND"));
}

async function print(
  registers: readonly StoredRegister[],
  keeper: Keeper,
  layout: Layout,
  options: MachinesOptions,
): Promise<void> {
  const sorted = [...registers].sort((a, b) => a.datacenterId - b.datacenterId || a.machineId - b.machineId);
  const nowMs = await keeper.storeTimeMs();
  const documents = sorted.map((stored) => registerDocument(stored, layout, nowMs));
  const text = options.json ? `${JSON.stringify(documents)}\n` : registerTable(documents);
  await openOutput().write(text);
}
