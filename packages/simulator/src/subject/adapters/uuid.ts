import { v7 } from "uuid";
import type { CreateSubject, IdKind } from "../subject.js";

export const idKind: IdKind = "text";

/** UUID version 7. */
const create: CreateSubject = () => ({ next: () => v7() });

export default create;
