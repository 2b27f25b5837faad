/** A process that stands still: until when, and because of which faults. */
export class Standstill {
  /** `null` while the process runs. */
  untilMs: number | null = null;
  private faults: number[] = [];

  begin(fault: number, untilMs: number): void {
    this.untilMs = Math.max(this.untilMs ?? untilMs, untilMs);
    this.faults.push(fault);
  }

  /** Returns the faults it was because of. */
  end(): readonly number[] {
    const { faults } = this;
    this.untilMs = null;
    this.faults = [];
    return faults;
  }

  holds(nowMs: number): boolean {
    return this.untilMs !== null && nowMs < this.untilMs;
  }
}
