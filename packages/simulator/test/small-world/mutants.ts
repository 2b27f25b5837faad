import { type Protocol, realProtocol } from "../../src/small-world/protocol.js";
import type { worlds } from "./worlds.js";

/** The protocol, weakened in one place each. */
export const mutants = {
  "compare only the generation instead of the whole record": {
    ...realProtocol,
    accepts: (stored, { register }, intent) =>
      stored.register.generation === (intent === "extend" ? register.generation : register.generation - 1),
  },
  "take the floor from an earlier read": {
    ...realProtocol,
    remember: (memory, read) => memory ?? read,
    registerOf: ({ register }, { intent, memory }) =>
      intent === "acquire" ? { ...register, floor: memory!.limit } : register,
  },
  "let a late extend lower the limit": {
    ...realProtocol,
    registerOf: ({ register }, { intent, tick }) => (intent === "extend" ? { ...register, limit: tick + 1 } : register),
  },
  "issue after release was sent": { ...realProtocol, takerSteps: ["load last"] },
  "let release go below the floor": {
    ...realProtocol,
    registerOf: ({ register }, { intent }) =>
      intent === "release" && register.limit === register.floor ? { ...register, limit: 0 } : register,
  },
  "check the limit before publishing the tick": {
    ...realProtocol,
    holderSteps: ["load limit", "load owner", "store last"],
  },
} as const satisfies Readonly<Record<string, Protocol>>;

/** In which world each of them is found, and how many moves lead to a duplicate at least. */
export const found: Readonly<
  Record<keyof typeof mutants, { readonly world: keyof typeof worlds; readonly moves: number }>
> = {
  "compare only the generation instead of the whole record": { world: "a renewal", moves: 22 },
  "take the floor from an earlier read": { world: "a renewal", moves: 24 },
  "let a late extend lower the limit": { world: "a renewal", moves: 22 },
  "issue after release was sent": { world: "a release, three acquires", moves: 25 },
  "let release go below the floor": { world: "a release, three acquires", moves: 34 },
  "check the limit before publishing the tick": { world: "a release, three acquires", moves: 26 },
};
