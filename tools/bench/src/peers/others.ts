import hyperid from "hyperid";
import { nanoid } from "nanoid";
import { monotonicFactory } from "ulid";
import { v4, v7 } from "uuid";

/** Generators of other kinds of IDs, which have no sections and no ceiling. */
export const OTHERS: Readonly<Record<string, () => () => unknown>> = {
  "uuid v4": () => () => v4(),
  "uuid v7": () => () => v7(),
  "ulid (monotonic)": () => monotonicFactory(),
  nanoid: () => () => nanoid(),
  hyperid: () => hyperid(),
};
