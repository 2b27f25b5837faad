import { expect, it } from "vitest";
import { auditIds, joinReceived } from "../../src/audit/audit-received.js";
import { encodeIds } from "../../src/load/encode-ids.js";
import { receivedOf } from "../received.js";

const { signal } = new AbortController();

it("counts duplicates and steps back over everything that several loads received", async () => {
  const receipt = (id: bigint) => ({ id, requestedMs: 0, completedMs: 0 });
  const values = joinReceived([receivedOf([1n, 4n, 2n].map(receipt)), receivedOf([4n, 5n].map(receipt))]);
  expect(await auditIds(values, signal)).toMatchObject({ count: 5, duplicates: 1, outOfOrder: 1 });
});

it("is as exact about UUIDs that differ in their last digit only", async () => {
  const text = "01890a5d-ac96-774b-bcce-b302099a805";
  const words = encodeIds([`${text}1`, `${text}2`, `${text}1`]);
  const received = { ...receivedOf([]), requests: 3, ids: words };
  expect(await auditIds(joinReceived([received]), signal)).toMatchObject({ count: 3, duplicates: 1, outOfOrder: 1 });
});
