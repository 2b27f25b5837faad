import type { StoredRegister } from "@shardflake/pool/protocol";
import type { Counterexample } from "./check-small-world.js";
import { MARK } from "./fingerprint.js";
import type { Process, Seat } from "./process.js";
import type { Protocol } from "./protocol.js";
import type { Successor } from "./successors.js";
import type { Breach, World } from "./world.js";

/**
 * A way through a small world, for people: a line a step, with who did what, what the register was and became, and what
 * was issued; and at the end what must not have happened.
 */
export function smallWorldStory(protocol: Protocol, { first, steps }: Counterexample): string {
  const lines: string[] = [];
  let before = first;
  for (const [index, step] of steps.entries()) {
    const who = before.processes[step.at]!.value.name;
    lines.push(`${String(index + 1).padStart(3)}  ${who}  ${partsOf(protocol, before, step).join("; ")}`);
    if (step.breach !== null) lines.push(`     ${breachText(step.breach)}`);
    before = step.world;
  }
  return lines.join("\n");
}

function partsOf(protocol: Protocol, world: World, step: Successor): string[] {
  const before = world.processes[step.at]!.value;
  const after = step.world.processes[step.at]!.value;
  const parts = [deedText(protocol, world, before, step), ...sentTexts(before, after), ...seatTexts(before, after)];
  if (step.world.register !== world.register) {
    parts.push(`register ${registerText(world.register.value)} -> ${registerText(step.world.register.value)}`);
  }
  return parts;
}

function deedText(
  protocol: Protocol,
  world: World,
  process: Process,
  { move, world: after, breach }: Successor,
): string {
  switch (move.kind) {
    case "acquire":
      return "keeper asks for the register";
    case "horizon":
      return `keeper is asked for the horizon, its clock reads tick ${move.tick}`;
    case "rest": {
      const { generation, admitted } = process.seats[move.seat]!;
      return `thread of generation ${generation} ISSUES more of tick ${admitted}`;
    }
    case "wake": {
      const why = process.flight === null ? "is woken" : "waits no longer for the answer";
      return `keeper ${why}, its clock reads tick ${move.tick}`;
    }
    case "receive": {
      const { answer, callId } = process.calls[move.call]!;
      const what =
        typeof answer === "string"
          ? answer
          : `the register is ${registerText(answer!.register)}${claimText(answer!.register)}${markText(answer!.mark)}`;
      return `keeper hears${callId === process.flight ? "" : " late"}: ${what}; its clock reads tick ${move.tick}`;
    }
    case "carry out": {
      const call = process.calls[move.call]!;
      if (call.kind === "read") return "store carries out the read";
      if (call.kind === "mark") {
        return `store ${after.mark === world.mark ? "refuses" : "carries out"} the write of the mark`;
      }
      return `store ${after.register === world.register ? "refuses" : "carries out"} the ${call.intent}`;
    }
    case "close":
      return `keeper gives the lease back: ${protocol.takerSteps[process.closing?.steps ?? 0]}`;
    case "release":
      return `keeper sends the release, its clock reads tick ${move.tick}`;
    case "crash":
      return "process crashes and starts again";
    case "copy":
      return `process is copied, the copy is ${after.processes.at(-1)!.value.name}`;
    case "ask": {
      const seat = process.seats[move.seat]!;
      return `thread of generation ${seat.generation} wants tick ${move.tick}: ${accessText(protocol, seat, 0)}`;
    }
    case "access": {
      const seat = process.seats[move.seat]!;
      const { steps, allowed } = seat.asking!;
      const isLast = steps + 1 === protocol.holderSteps.length;
      const issues = isLast && (after.issued !== world.issued || breach !== null);
      const issued = issues ? ` and ISSUES ${ticksText(seat.admitted + 1, allowed)}` : "";
      return `thread of generation ${seat.generation}: ${accessText(protocol, seat, steps)}${issued}`;
    }
  }
}

function accessText(protocol: Protocol, { limit, owner, generation, floor, asking }: Seat, steps: number): string {
  switch (protocol.holderSteps[steps]!) {
    case "load limit":
      return `load limit = ${limit}`;
    case "store last":
      return `store last = ${asking!.allowed}`;
    case "load floor":
      return `load floor = ${floor}`;
    case "load owner":
      return `load owner = ${owner === "open" ? generation : "closed"}`;
  }
}

/** What the keeper has sent in this step. */
function sentTexts(before: Process, after: Process): string[] {
  const known = new Set(before.calls.map(({ callId }) => callId));
  return after.calls
    .filter(({ callId }) => !known.has(callId))
    .map((call) => {
      if (call.kind === "read") return "sends a read";
      if (call.kind === "mark") {
        const given = call.writes.length > 1 ? ", and gives the register back for its dead holder" : "";
        return `sends the mark ${call.writes.at(-1)!.register.limit}${given}`;
      }
      const { register, expectedVersion } = call.write;
      return `sends ${call.intent}, expecting version ${expectedVersion}: ${fieldsText(register)}`;
    });
}

/** Slots that the keeper has opened, raised or closed in this step. */
function seatTexts(before: Process, after: Process): string[] {
  const texts: string[] = [];
  for (const { generation, admitted, limit, floor } of after.seats) {
    const old = before.seats.find((seat) => seat.generation === generation);
    if (old === undefined) texts.push(`has generation ${generation}, window (${admitted}, ${limit}]`);
    else if (old.limit < limit) texts.push(`limit of generation ${generation} rises to ${limit}`);
    if (old !== undefined && old.floor < floor) texts.push(`floor of generation ${generation} rises to ${floor}`);
  }
  if (before.horizon !== null && after.horizon === null) texts.push(`is told the horizon ${after.told}`);
  for (const { generation, kept } of before.seats) {
    const isKept = after.seats.some((seat) => seat.generation === generation && seat.kept);
    if (kept && !isKept && after.closing === before.closing) texts.push(`generation ${generation} is lost`);
  }
  return texts;
}

function registerText({ register, version }: StoredRegister): string {
  return version === 0 ? "untouched" : `v${version} ${fieldsText(register)}`;
}

function fieldsText({ generation, holder, floor, limit }: StoredRegister["register"]): string {
  const by = holder === null ? "free" : `held by ${holder.slice(MARK.length, MARK.length + 1)}`;
  return `{generation ${generation} ${by}, window (${floor}, ${limit}]}`;
}

function claimText({ register, claimed }: StoredRegister): string {
  return register.holder === null || claimed ? "" : ", claim lapsed";
}

function markText({ register, version }: StoredRegister): string {
  return version === 0 ? "" : `, the mark is ${register.limit}`;
}

function breachText(breach: Breach): string {
  const { tick, generation } = breach;
  if (breach.kind === "below the horizon") {
    return `BELOW THE HORIZON: generation ${generation} issues tick ${tick} after somebody was told ${breach.horizon}.`;
  }
  const { otherTick, otherGeneration } = breach;
  return tick === otherTick
    ? `DUPLICATE: tick ${tick} is issued by generation ${generation}, and was by generation ${otherGeneration}.`
    : `OUT OF ORDER: generation ${generation} issues tick ${tick}, generation ${otherGeneration} issued tick ${otherTick}.`;
}

function ticksText(from: number, to: number): string {
  return from === to ? `tick ${from}` : `ticks ${from} to ${to}`;
}
