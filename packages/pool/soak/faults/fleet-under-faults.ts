import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Audit, auditFiles } from "./audit.js";
import { Issuer, type IssuerOptions, type Refusal } from "./issuer.js";

/** What happened in one fault. */
export interface FaultReport {
  readonly fault: string;
  /** The longest time in which some issuer acknowledged nothing, milliseconds. */
  readonly longestGapMs: number;
  readonly refusals: readonly Refusal[];
}

/** What came of all faults. */
export interface FaultRounds {
  /** `acknowledged`: IDs that the processes told of; a kill may come between an ID's being written down and that. */
  readonly audit: Audit & { readonly acknowledged: number };
  readonly reports: readonly FaultReport[];
  /** The reports for people. */
  readonly table: string;
}

/** Processes that issue on one store while things go wrong. */
export class FleetUnderFaults {
  private readonly reports: FaultReport[] = [];
  private readonly directory = mkdtempSync(join(tmpdir(), "shardflake-faults-"));
  private readonly options: Omit<IssuerOptions, "file">;
  private readonly files: string[] = [];
  private readonly issuers: Issuer[] = [];
  private readonly gone: Issuer[] = [];

  constructor(options: Omit<IssuerOptions, "file">, size: number) {
    this.options = options;
    for (let number = 0; number < size; number++) this.issuers.push(this.create());
  }

  /** Lets something go wrong, and waits until everybody has issued so many IDs after it. */
  async suffer(fault: string, leastIds: number, work: () => Promise<void>): Promise<void> {
    await this.progress(leastIds);
    const before = this.issuers.map(({ refusals }) => refusals.length);
    for (const issuer of this.issuers) issuer.mark();
    const victims = [...this.issuers];
    await work();
    await this.progress(leastIds);
    this.reports.push({
      fault,
      longestGapMs: Math.max(...victims.map(({ longestGapMs }) => longestGapMs)),
      refusals: victims.flatMap(({ refusals }, index) => refusals.slice(before[index])),
    });
  }

  /** Kills one process and starts another in its place, at once. */
  async killAndRestart(index: number): Promise<void> {
    const killed = this.issuers[index]!;
    await killed.stop("SIGKILL");
    this.gone.push(killed);
    this.issuers[index] = this.create();
  }

  /** Everybody stops. */
  async finish(): Promise<FaultRounds> {
    await Promise.all(this.issuers.map((issuer) => issuer.stop("SIGTERM")));
    const acknowledged = [...this.issuers, ...this.gone].reduce((sum, { issued }) => sum + issued, 0);
    const { reports } = this;
    return { audit: { ...auditFiles(this.files), acknowledged }, reports, table: reports.map(lineOf).join("") };
  }

  async remove(): Promise<void> {
    await Promise.all(this.issuers.map((issuer) => issuer.stop("SIGKILL")));
    rmSync(this.directory, { recursive: true });
  }

  private async progress(count: number): Promise<void> {
    await Promise.all(this.issuers.map((issuer) => issuer.progress(count)));
  }

  private create(): Issuer {
    const file = join(this.directory, `issuer-${this.files.length}`);
    this.files.push(file);
    return new Issuer({ ...this.options, file });
  }
}

function lineOf({ fault, longestGapMs, refusals }: FaultReport): string {
  const codes = [...new Set(refusals.map(({ code }) => code))].map(
    (code) => `${refusals.filter((refusal) => refusal.code === code).length} × ${code}`,
  );
  const refused = codes.length === 0 ? "none" : codes.join(", ");
  return `${fault.padEnd(44)} nothing for ${String(longestGapMs).padStart(5)} ms at most; refused: ${refused}\n`;
}
