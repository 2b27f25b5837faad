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
    holderSteps: ["load limit", "load owner", "store last", "load floor"],
  },
  "start below a mark that was written meanwhile": { ...realProtocol, seesMark: "before the write" },
  "list the holders before the mark is written": { ...realProtocol, listsHolders: "before the mark" },
  "use up a tick that was given up": { ...realProtocol, restSteps: [] },
  "enter a tick that was given up": { ...realProtocol, holderSteps: ["load limit", "store last", "load owner"] },
  "give ticks up in the store before the slot": { ...realProtocol, raisesFloor: "with its answer" },
} as const satisfies Readonly<Record<string, Protocol>>;

/** In which world each of them is found, and how many moves lead to a breach at least. */
export const found: Readonly<
  Record<keyof typeof mutants, { readonly world: keyof typeof worlds; readonly moves: number }>
> = {
  "compare only the generation instead of the whole record": { world: "a renewal", moves: 18 },
  "take the floor from an earlier read": { world: "a renewal", moves: 20 },
  "let a late extend lower the limit": { world: "a renewal", moves: 18 },
  "issue after release was sent": { world: "a release, three acquires", moves: 21 },
  "let release go below the floor": { world: "a release, three acquires", moves: 28 },
  "start below a mark that was written meanwhile": { world: "a horizon, a newcomer", moves: 18 },
  "list the holders before the mark is written": { world: "a horizon, a newcomer", moves: 18 },
  "use up a tick that was given up": { world: "a horizon, a renewal", moves: 21 },
  "enter a tick that was given up": { world: "a horizon, a renewal", moves: 18 },
  "give ticks up in the store before the slot": { world: "a horizon, a renewal", moves: 19 },
  "check the limit before publishing the tick": { world: "a release, three acquires", moves: 22 },
};
