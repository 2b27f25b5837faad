import { ShardflakeError } from "@shardflake/core";

/**
 * A subject that cannot be put to the test. Codes: `SUBJECT_UNKNOWN` (no ready subject has that name, and no file lies
 * there), `SUBJECT_NOT_INSTALLED` (the message has the command that installs it), `SUBJECT_INVALID` (the module cannot be
 * loaded, is no subject, or its layout has too few machine IDs), `SUBJECT_TEXTS_MANY` (more texts than can be compared).
 */
export class SubjectError extends ShardflakeError {}
