/**
 * The machine-ID protocol without its shell: the keeper's state machine, registers and slots, for whoever drives them in
 * another world than threads and real time.
 */
export { fromWire, toWire, type WireError } from "./error-wire.js";
export { clockReading } from "./keeper/clock-reading.js";
export { copyMachine } from "./keeper/copy-machine.js";
export { KeeperMachine, type KeeperMachineOptions } from "./keeper/keeper-machine.js";
export type { ClosedLease, Grant, KeeperEffect, KeeperEvent, Moment } from "./keeper/keeper-protocol.js";
export type { AcquireRequest, Lease, WantedWindow } from "./keeper/lease.js";
export { chanceOf } from "./register/chance.js";
export { FLOOR_MARGIN_MS } from "./register/floor.js";
export { horizonId } from "./register/horizon.js";
export { machineKey } from "./register/machine-id.js";
export { untouched } from "./register/plan.js";
export type { MachineId, Register, RegisterWrite, StoredRegister } from "./register/register.js";
export {
  closeSlot,
  createSlot,
  lastOf,
  markClock,
  raiseFloor,
  raiseLimit,
  readSlot,
  type Slot,
  type SlotReading,
} from "./slot/slot.js";
export { openShardWindow } from "./slot/slot-window.js";
export { ClaimObserver } from "./store/claims.js";
export { openStore } from "./store/open-store.js";
export type { RegisterStore } from "./store/store.js";
