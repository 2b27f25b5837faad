import { compose, defineLayout } from "@shardflake/core";
import { describe, expect, it } from "vitest";
import { IdLines } from "./id-lines.js";

const LAYOUT = defineLayout();

function id(tick: number, sequence: number, machineId = 0): string {
  return String(compose(LAYOUT, { tick, datacenterId: 0, machineId, sequence }));
}

const TICK = 217_000_000_000;

/** Feeds runs piece by piece, as a pipe does. */
function check(...runs: string[]): IdLines {
  const ids = new IdLines();
  for (const run of runs) {
    ids.startRun();
    for (let at = 0; at < run.length; at += 7) ids.feed(Buffer.from(run.slice(at, at + 7)));
  }
  return ids;
}

describe("the check of the killed command's output", () => {
  it("finds nothing wrong with ascending IDs, and does not count what was cut off", () => {
    const ids = check(`${id(TICK, 0)}\n${id(TICK, 4095)}\n91245`, `${id(TICK + 1, 0)}\n`);
    expect(ids.faults).toEqual([]);
    expect(ids).toMatchObject({ total: 3, lines: 1, firstTick: TICK + 1 });
  });

  it.each([
    ["a duplicate in the next run", [`${id(TICK, 5)}\n`, `${id(TICK, 5)}\n`], "a duplicate"],
    ["a run that starts too low", [`${id(TICK, 5)}\n`, `${id(TICK, 4)}\n`], "a step back"],
    ["another machine ID", [`${id(TICK, 5, 1)}\n`], "another machine ID"],
    ["a line with a gap", [`${id(TICK, 5).slice(0, 9)}\n`], "a wrong length"],
    ["what is no number", [`${id(TICK, 5)}\r\n`], "no decimal"],
  ])("finds %s", (_, runs, fault) => {
    const { faults } = check(...runs);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(fault);
  });
});
