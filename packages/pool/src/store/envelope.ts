import { corrupt, recordOf, registerOf } from "../register/record.js";
import type { Register } from "../register/register.js";
import type { Owner } from "./owner.js";
import { seal, unseal } from "./seal.js";

/** A register as the embedded store keeps it. */
export interface Envelope {
  readonly version: number;
  /** Who wrote it last. */
  readonly owner: Owner;
  readonly register: Register;
}

/** A checksum, a space, and one line of JSON: LMDB itself would return flipped bits without a word. */
export function encodeEnvelope(key: string, envelope: Envelope): string {
  return seal(key, JSON.stringify({ ...envelope, register: recordOf(envelope.register) }));
}

/**
 * @throws ShardflakeError `STORE_CORRUPT`, `STORE_FORMAT_NEWER`
 */
export function decodeEnvelope(key: string, sealed: string, where: string): Envelope {
  const { version, owner, register } = JSON.parse(unseal(key, sealed, where)) as Record<string, unknown>;
  if (typeof version !== "number" || !Number.isSafeInteger(version) || version < 1) {
    throw corrupt(where, `got ${String(version)} in the field \`version\``);
  }
  return { version, owner: ownerField(owner, where), register: registerOf(register, where) };
}

function ownerField(value: unknown, where: string): Owner {
  const owner = value as Owner | null | undefined;
  const isTextOrNull = (field: unknown) => field === null || typeof field === "string";
  if (!Number.isInteger(owner?.pid) || !isTextOrNull(owner?.scope) || !isTextOrNull(owner?.startTime)) {
    throw corrupt(where, "got a wrong field `owner`");
  }
  return owner as Owner;
}
