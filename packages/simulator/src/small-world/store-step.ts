import { machineKey, type RegisterWrite, type StoredRegister } from "@shardflake/pool/protocol";
import type { Call, Process, Records } from "./process.js";
import type { Protocol } from "./protocol.js";

/** The store carries out a call, in one atomic step; its answer is on its way. */
export function carryOut(
  protocol: Protocol,
  process: Process,
  index: number,
  records: Records,
  claimed: boolean,
): { readonly process: Process; readonly records: Records } {
  const call = process.calls[index]!;
  const { register, mark } = records;
  if (call.kind === "read") {
    const answer: Records = { register: { ...register, claimed }, mark };
    return { process: withCall(process, call, { ...call, answer }), records };
  }
  const writes = call.kind === "mark" ? call.writes : [call.write];
  const isAccepted =
    call.kind === "mark"
      ? writes.every((write) => (isOf(write, mark) ? mark : register).version === write.expectedVersion)
      : protocol.accepts(register, call.write, call.intent);
  if (!isAccepted) return { process: withCall(process, call, { ...call, answer: "conflict" }), records };
  const after = { register: replaced(register, writes), mark: replaced(mark, writes) };
  return { process: withCall(process, call, { ...call, answer: "done" }), records: after };
}

function replaced(stored: StoredRegister, writes: readonly RegisterWrite[]): StoredRegister {
  const write = writes.find((each) => isOf(each, stored));
  if (write === undefined) return stored;
  const { datacenterId, machineId, register } = write;
  return { datacenterId, machineId, register, version: stored.version + 1, claimed: register.holder !== null };
}

function isOf(write: RegisterWrite, stored: StoredRegister): boolean {
  return machineKey(write) === machineKey(stored);
}

function withCall(process: Process, before: Call, after: Call): Process {
  // A call of a run that crashed: nobody waits for its answer.
  const answered = before.callId === 0 ? [] : [after];
  return { ...process, calls: process.calls.flatMap((call) => (call === before ? answered : [call])) };
}
