import { readFileSync, readlinkSync } from "node:fs";

/**
 * Which process wrote a claim. On Linux a pair of process ID and start time names one process of one boot and PID
 * namespace for ever. Elsewhere nothing can be told for certain: then `scope` is null, the owner cannot be judged, and
 * its claim ends by lapse only.
 */
export interface Owner {
  /** Boot and PID namespace; null where the platform does not tell. */
  readonly scope: string | null;
  readonly pid: number;
  /** Clock ticks after boot, as /proc tells it. */
  readonly startTime: string | null;
}

/** What /proc says, or null where there is none. */
export interface ProcessTable {
  readonly scope: string | null;
  /** Start time of a running process; null when there is no such process; undefined when that cannot be told. */
  startTime(pid: number): string | null | undefined;
}

/** The processes of this host, as far as this process may see them. */
export function processTable(): ProcessTable {
  const scope = readScope();
  return { scope, startTime: (pid) => (scope === null ? undefined : readStartTime(pid)) };
}

/** This process. */
export function ownerOf(table: ProcessTable, pid: number = process.pid): Owner {
  return { scope: table.scope, pid, startTime: table.startTime(pid) ?? null };
}

/** Whether the process that wrote the claim is certainly gone. */
export function isGone(owner: Owner, table: ProcessTable): boolean {
  if (owner.scope === null || owner.startTime === null || owner.scope !== table.scope) return false;
  const startTime = table.startTime(owner.pid);
  return startTime !== undefined && startTime !== owner.startTime;
}

function readScope(): string | null {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot}/${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return null;
  }
}

/** Field 22 of /proc/PID/stat (proc_pid_stat(5)); the second field may contain spaces and brackets. */
function readStartTime(pid: number): string | null | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // A zombie has ended, whether or not its parent has noticed.
    return fields[0] === "Z" || fields[0] === "X" ? null : fields[19];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" || code === "ESRCH" ? null : undefined;
  }
}
