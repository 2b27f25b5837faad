import { monotonicFactory } from "ulid";
import type { CreateSubject, IdKind } from "../subject.js";

export const idKind: IdKind = "text";

/** The monotonic ULIDs: within a millisecond, the random part is counted up. */
const create: CreateSubject = () => {
  const next = monotonicFactory();
  return { next: () => next() };
};

export default create;
