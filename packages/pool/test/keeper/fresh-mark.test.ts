import fc from "fast-check";
import { afterEach, expect, it, vi } from "vitest";
import { freshMark } from "../../src/keeper/fresh-mark.js";
import { UNTOUCHED } from "../../src/register/plan.js";
import { decodeRecord, encodeRecord } from "../../src/register/record.js";

const { crypto, files } = vi.hoisted(() => ({ crypto: { copied: false }, files: { missing: false } }));

vi.mock("node:crypto", async (original) => {
  const real = await original<typeof import("node:crypto")>();
  return { ...real, randomUUID: () => (crypto.copied ? "00000000-0000-4000-8000-000000000000" : real.randomUUID()) };
});

vi.mock("node:fs", async (original) => {
  const real = await original<typeof import("node:fs")>();
  return {
    ...real,
    openSync: (path: string, flags: string) => real.openSync(files.missing ? `${path}-missing` : path, flags),
  };
});

afterEach(() => {
  crypto.copied = false;
  files.missing = false;
});

it.each([
  { copied: false, missing: false },
  { copied: true, missing: false },
  { copied: true, missing: true },
])("never draws the same twice, with a random generator that was copied or not: %o", ({ copied, missing }) => {
  crypto.copied = copied;
  files.missing = missing;
  const drawn = Array.from({ length: 1000 }, freshMark);
  expect(new Set(drawn).size).toBe(1000);
});

it("fits into a record", () => {
  fc.assert(
    fc.property(fc.boolean(), (missing) => {
      files.missing = missing;
      const register = { ...UNTOUCHED, holder: freshMark(), nonce: freshMark() };
      expect(decodeRecord(encodeRecord(register), "the record")).toEqual(register);
    }),
  );
});
