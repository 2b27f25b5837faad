import { defineLayout, type Layout } from "@shardflake/core";
import fc from "fast-check";
import type { Holding } from "../../src/index.js";
import { holdingOf, idOf, type Observation } from "./observations.js";

/** Layouts of few IDs, with the corners that shifts by 32 get wrong. The epoch is the start of the scenario. */
const anyLayout: fc.Arbitrary<Layout> = fc
  .constantFrom(
    { timestampBits: 41, datacenterBits: 0, machineBits: 1, sequenceBits: 1 },
    { timestampBits: 41, datacenterBits: 1, machineBits: 1, sequenceBits: 2 },
    { timestampBits: 41, datacenterBits: 5, machineBits: 5, sequenceBits: 12 },
    { timestampBits: 30, datacenterBits: 0, machineBits: 1, sequenceBits: 32 },
    { timestampBits: 40, datacenterBits: 1, machineBits: 1, sequenceBits: 0 },
    { timestampBits: 30, datacenterBits: 0, machineBits: 2, sequenceBits: 3, tickMs: 3 },
  )
  .map((options) => defineLayout({ ...options, epoch: 0 }));

/** A step of a story: what happens next. Holdings are picked by number, modulo how many there are. */
type Step =
  | { readonly kind: "held"; readonly machineId: number; readonly newer: number; readonly floor: number }
  | { readonly kind: "rival" | "clone"; readonly of: number; readonly ahead: number; readonly isTold: boolean }
  | { readonly kind: "extended" | "ended"; readonly of: number; readonly ahead: number }
  | {
      readonly kind: "issued";
      readonly of: number;
      readonly passedMs: number;
      readonly tookMs: number;
      readonly errorMs: number;
      /** Ticks away from the present one. */
      readonly tick: number;
      readonly sequence: number;
      readonly count: number;
      readonly stray: "none" | "machine" | "sign";
    };

const of = fc.nat({ max: 7 });

function issuedStep(stray: fc.Arbitrary<"none" | "machine" | "sign">): fc.Arbitrary<Step> {
  return fc.record({
    kind: fc.constant("issued" as const),
    of,
    passedMs: fc.constantFrom(0, 0, 1, 1, 2, 0.5),
    tookMs: fc.constantFrom(0, 0, 1, 3, 0.25),
    errorMs: fc.constantFrom(0, 0, 1, 2, 5),
    tick: fc.oneof(
      { weight: 5, arbitrary: fc.constantFrom(0, 0, 1) },
      { weight: 1, arbitrary: fc.integer({ min: -6, max: 6 }) },
    ),
    sequence: fc.nat({ max: 5 }),
    count: fc.integer({ min: 1, max: 5 }),
    stray,
  });
}

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 16, arbitrary: issuedStep(fc.constant("none")) },
  { weight: 1, arbitrary: issuedStep(fc.constantFrom("machine", "sign")) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("held" as const),
      machineId: fc.nat({ max: 1 }),
      newer: fc.constantFrom(1, 1, 1, 2, 0, -1),
      floor: fc.integer({ min: -3, max: 1 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom("rival" as const, "clone" as const, "clone" as const),
      of,
      ahead: fc.nat({ max: 6 }),
      isTold: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom("extended" as const, "ended" as const),
      of,
      ahead: fc.nat({ max: 8 }),
    }),
  },
);

/** What an observer may be told: mostly in order, and now and then everything that must not happen. */
export const anyObservations: fc.Arbitrary<{ layout: Layout; observations: Observation[] }> = fc
  .record({
    layout: anyLayout,
    steps: fc.array(anyStep, { maxLength: 70 }),
  })
  .map(({ layout, steps }) => ({ layout, observations: unfold(layout, steps) }));

function unfold(layout: Layout, steps: readonly Step[]): Observation[] {
  const told: Observation[] = [];
  const holdings: Holding[] = [];
  let nowMs = 20 * layout.tickMs;
  const presentTick = (): number => Math.floor(nowMs / layout.tickMs);
  const hold = (holding: Holding): void => {
    holdings.push(holding);
    told.push({ kind: "held", holding, atMs: nowMs });
  };
  hold(holdingOf({ floor: 10 }));
  for (const step of steps) {
    if (step.kind === "held") {
      const rivals = holdings.filter(({ machineId }) => machineId === step.machineId);
      const generation = Math.max(1, Math.max(0, ...rivals.map((other) => other.generation)) + step.newer);
      const holder = `holder ${holdings.length}`;
      hold(
        holdingOf({
          machineId: step.machineId,
          generation,
          holder,
          floor: presentTick() + step.floor,
          shard: step.machineId,
        }),
      );
      continue;
    }
    const picked = step.of % holdings.length;
    const holding = holdings[picked]!;
    switch (step.kind) {
      case "issued": {
        nowMs += step.passedMs * layout.tickMs;
        const machineId = step.stray === "machine" ? 1 - holding.machineId : holding.machineId;
        const sequence = step.sequence % layout.idsPerTick;
        const id = idOf(layout, Math.max(0, presentTick() + step.tick), sequence, machineId);
        told.push({
          kind: "issued",
          holding: picked,
          requestedMs: nowMs - step.tookMs,
          completedMs: nowMs,
          errorMs: step.errorMs,
          id: step.stray === "sign" ? id | (1n << 63n) : id,
          count: step.count,
        });
        break;
      }
      case "rival":
        hold({ ...holding, holder: `holder ${holdings.length}` });
        break;
      case "clone":
        hold({ ...holding, copy: "clone" });
        if (step.isTold) {
          const limit = presentTick() + step.ahead;
          told.push({ kind: "extended", holding: holdings.length - 1, limit, atMs: nowMs });
        }
        break;
      default:
        told.push({ kind: step.kind, holding: picked, limit: presentTick() + step.ahead, atMs: nowMs });
    }
  }
  return told;
}
