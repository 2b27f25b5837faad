import type { Clock, Layout, LayoutOptions } from "@shardflake/core";

/** What a subject is given at every start of its process; a restart gives the same machine ID again. */
export interface SubjectOptions {
  /** The shard's clock, for generators that take one; those that read `Date` and the like see the same time there. */
  readonly clock: Clock;
  /** The scenario's layout, with what the module declares of its own. */
  readonly layout: Layout;
  readonly datacenterId: number;
  readonly machineId: number;
}

/** An ID as generators return it: bytes are big-endian, texts are decimal unless the module declares its IDs as text. */
export type IdValue = bigint | number | string | Uint8Array;

/** A generator under test. */
export interface Subject {
  /** One ID, now or later. What it throws is a refusal. */
  next(): IdValue | PromiseLike<IdValue>;
}

/** Starts one process of the subject. */
export type CreateSubject = (options: SubjectOptions) => Subject | PromiseLike<Subject>;

/**
 * What its IDs are. `number`: up to 64 bits, with the sections of the layout. `text`: compared by character codes, as
 * the canonical texts of UUIDs and ULIDs may be; they have no sections, so only uniqueness and order are checked.
 */
export type IdKind = "number" | "text";

/** A module that makes a generator a subject. */
export interface SubjectModule {
  readonly default: CreateSubject;
  /** The generator's own layout; what it leaves out is as in the scenario's. */
  readonly layout?: LayoutOptions;
  /** @default "number" */
  readonly idKind?: IdKind;
}
