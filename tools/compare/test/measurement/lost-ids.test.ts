import fc from "fast-check";
import { expect, it } from "vitest";
import { lostIds } from "../../src/measurement/lost-ids.js";
import { receivedOf } from "../received.js";

it("counts the numbers between those received that nobody received, whichever counter they belong to", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.boolean(), { minLength: 8, maxLength: 60 }),
      (step, lost) => {
        // The first and the last number of every counter are received: what lies outside is not known.
        const isKept = lost.map((isLost, i) => !isLost || i < step || i >= lost.length - step);
        const ids = isKept.flatMap((kept, i) => (kept ? [BigInt(i + 1)] : []));
        const received = receivedOf(ids.map((id) => ({ id, requestedMs: 0, completedMs: 0 })));
        const expected = isKept.filter((kept) => !kept).length;
        expect(lostIds(received, { kind: "counted", step })).toEqual({ kind: "measured", value: expected });
      },
    ),
  );
});
