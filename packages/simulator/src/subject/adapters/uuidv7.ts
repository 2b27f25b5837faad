import { uuidv7 } from "uuidv7";
import type { CreateSubject, IdKind } from "../subject.js";

export const idKind: IdKind = "text";

const create: CreateSubject = () => ({ next: uuidv7 });

export default create;
