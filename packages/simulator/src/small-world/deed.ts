import type { Intent } from "./protocol.js";
import type { Successor } from "./successors.js";
import type { World } from "./world.js";

/** What a move came to. */
export type Deed =
  | "asks for the register"
  | "asks for the horizon"
  | "is woken"
  | "takes an answer for lost"
  | "hears an answer"
  | "hears a late answer"
  | "loses the lease"
  | "closes a slot"
  | "sends the release"
  | "crashes"
  | "is copied"
  | "touches a slot"
  | "issues"
  | "uses the rest of a tick"
  | "read"
  | `mark ${"done" | "refused"}`
  | `${Intent} ${"done" | "refused"}`;

export function deedOf(before: World, { at, move, world: after }: Successor): Deed {
  const process = before.processes[at]!.value;
  switch (move.kind) {
    case "acquire":
      return "asks for the register";
    case "horizon":
      return "asks for the horizon";
    case "wake":
      return process.flight === null ? "is woken" : "takes an answer for lost";
    case "receive": {
      const isKept = ({ kept }: { readonly kept: boolean }): boolean => kept;
      if (process.seats.some(isKept) && !after.processes[at]!.value.seats.some(isKept)) return "loses the lease";
      return process.calls[move.call]!.callId === process.flight ? "hears an answer" : "hears a late answer";
    }
    case "close":
      return "closes a slot";
    case "release":
      return "sends the release";
    case "crash":
      return "crashes";
    case "copy":
      return "is copied";
    case "ask":
    case "access":
      return after.issued === before.issued ? "touches a slot" : "issues";
    case "rest":
      return "uses the rest of a tick";
    case "carry out": {
      const call = process.calls[move.call]!;
      if (call.kind === "read") return "read";
      if (call.kind === "mark") return `mark ${after.mark === before.mark ? "refused" : "done"}`;
      return `${call.intent} ${after.register === before.register ? "refused" : "done"}`;
    }
  }
}
