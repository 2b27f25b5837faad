import type { StoredRegister } from "@shardflake/pool/protocol";
import type { Call, Process } from "./process.js";
import type { Protocol } from "./protocol.js";

/** The store carries out a call, in one atomic step; its answer is on its way. */
export function carryOut(
  protocol: Protocol,
  process: Process,
  index: number,
  stored: StoredRegister,
  claimed: boolean,
): { readonly process: Process; readonly stored: StoredRegister } {
  const call = process.calls[index]!;
  if (call.kind === "read") {
    return { process: withCall(process, call, { ...call, answer: { ...stored, claimed } }), stored };
  }
  const { write, intent } = call;
  if (!protocol.accepts(stored, write, intent)) {
    return { process: withCall(process, call, { ...call, answer: "conflict" }), stored };
  }
  const { datacenterId, machineId, register } = write;
  const version = stored.version + 1;
  const after = { datacenterId, machineId, register, version, claimed: register.holder !== null };
  return { process: withCall(process, call, { ...call, answer: "done" }), stored: after };
}

function withCall(process: Process, before: Call, after: Call): Process {
  // A call of a run that crashed: nobody waits for its answer.
  const answered = before.callId === 0 ? [] : [after];
  return { ...process, calls: process.calls.flatMap((call) => (call === before ? answered : [call])) };
}
