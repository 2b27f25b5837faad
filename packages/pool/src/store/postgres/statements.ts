import { machineKey } from "../../register/machine-id.js";
import { corrupt, recordOf, registerOf } from "../../register/record.js";
import type { RegisterWrite, StoredRegister } from "../../register/register.js";

/** The server's wall clock, Unix milliseconds. */
const NOW_MS = "(extract(epoch from clock_timestamp()) * 1000)::float8";

export interface TimeRow {
  readonly now_ms: number;
}

export const NOW: string = `select ${NOW_MS} as now_ms`;

/**
 * Writes a namespace's record unless there is one, and returns the one there is. Returns nothing when another
 * transaction has written it in this very moment.
 */
export const CLAIM_NAMESPACE = `
  with claimed as (
    insert into shardflake.namespaces (name, record) values ($1, $2::jsonb) on conflict do nothing returning record
  )
  select record from claimed union all select record from shardflake.namespaces where name = $1`;

/** Everything in one row: an empty namespace has a time too. */
export const READ: string = `
  select ${NOW_MS} as now_ms, coalesce(json_agg(json_build_array(
    datacenter_id, machine_id, version, record, lapses_at > clock_timestamp())), '[]') as registers
  from shardflake.registers where namespace = $1`;

export interface RegistersRow extends TimeRow {
  readonly registers: readonly (readonly [number, number, number, unknown, boolean])[];
}

/**
 * Compares every version and replaces every register, all or none: one statement is one transaction, and where a version
 * has moved on the statement fails as a whole, by dividing by zero ({@link isConflict} knows). Concurrent writers of the
 * same row wait for one another and compare again.
 *
 * An acknowledged write must be on the disk: where the database has switched that off, it is switched on for this
 * transaction.
 */
export const REPLACE: string = `
  with wanted as (
    select * from jsonb_to_recordset($2::jsonb)
      as w(datacenter_id int, machine_id int, expected bigint, lapse_ms float8, record jsonb)
  ), inserted as (
    insert into shardflake.registers (namespace, datacenter_id, machine_id, version, record, lapses_at)
    select $1, datacenter_id, machine_id, 1, record, clock_timestamp() + lapse_ms * interval '1 millisecond'
    from wanted where expected = 0 order by datacenter_id, machine_id
    on conflict do nothing returning 1
  ), updated as (
    update shardflake.registers r
    set version = r.version + 1, record = w.record, lapses_at = clock_timestamp() + w.lapse_ms * interval '1 millisecond'
    from wanted w
    where r.namespace = $1 and r.datacenter_id = w.datacenter_id and r.machine_id = w.machine_id
      and w.expected > 0 and r.version = w.expected
    returning 1
  )
  select ${NOW_MS} as now_ms,
    case current_setting('synchronous_commit') when 'off' then set_config('synchronous_commit', 'on', true) end,
    1 / ((select count(*) from inserted) + (select count(*) from updated) = $3::bigint)::int`;

/** The writes as {@link REPLACE} takes them. */
export function wantedOf(writes: readonly RegisterWrite[]): string {
  return JSON.stringify(
    writes.map(({ datacenterId, machineId, expectedVersion, register }) => ({
      datacenter_id: datacenterId,
      machine_id: machineId,
      expected: expectedVersion,
      lapse_ms: register.lapseMs,
      record: recordOf(register),
    })),
  );
}

/**
 * @throws ShardflakeError `STORE_CORRUPT`, `STORE_FORMAT_NEWER`
 */
export function registersOf(row: RegistersRow, where: string): StoredRegister[] {
  return row.registers.map(([datacenterId, machineId, version, record, stands]) => {
    const register = registerOf(record, `machine ID ${machineKey({ datacenterId, machineId })} of ${where}`);
    if (!Number.isSafeInteger(version)) throw corrupt(where, `got the version ${version}`);
    return { datacenterId, machineId, register, version, claimed: register.holder !== null && stands };
  });
}
