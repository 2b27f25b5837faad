/** A package that needs no adapter of the user's own. */
export interface ReadySubject {
  readonly name: string;
  /** What to install, in the version it was tried with. */
  readonly packageName: string;
  readonly version: string;
  /** Module beside this one's `adapters`. */
  readonly adapter: string;
}

function ready(packageName: string, version: string): ReadySubject {
  return { name: packageName, packageName, version, adapter: packageName.replace("@", "").replace("/", "-") };
}

/** Packages that people use to make IDs that sort by time, named as on npm. */
export const READY_SUBJECTS: readonly ReadySubject[] = [
  ready("@akashrajpurohit/snowflake-id", "2.0.0"),
  ready("@sapphire/snowflake", "3.5.5"),
  ready("@skorotkiewicz/snowflake-id", "1.0.1"),
  ready("flake-idgen", "1.4.0"),
  ready("nodejs-snowflake", "2.0.1"),
  ready("simple-flakeid", "0.0.5"),
  ready("snowflake-id", "1.1.0"),
  ready("snowflakify", "1.0.7"),
  ready("snowyflake", "2.0.1"),
  ready("tsid-ts", "0.0.9"),
  ready("ulid", "3.0.2"),
  ready("uuid", "14.0.3"),
  ready("uuidv7", "1.2.1"),
];
