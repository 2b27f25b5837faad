/** The numbers that make a layout, its epoch apart. */
export interface SectionLengths {
  readonly timestampBits: number;
  readonly datacenterBits: number;
  readonly machineBits: number;
  readonly sequenceBits: number;
  readonly tickMs: number;
}

/** The longest each section may be; what `defineLayout` allows. */
export const MOST_BITS: {
  readonly timestamp: 53;
  readonly datacenter: 16;
  readonly machine: 16;
  readonly sequence: 32;
} = { timestamp: 53, datacenter: 16, machine: 16, sequence: 32 };

export function totalBits({ timestampBits, datacenterBits, machineBits, sequenceBits }: SectionLengths): number {
  return timestampBits + datacenterBits + machineBits + sequenceBits;
}

/** Whether the last tick is a time that can be told: before Unix millisecond 2^53. */
export function hasLegalEnd(timestampBits: number, tickMs: number, epochMs: number): boolean {
  return timestampBits <= MOST_BITS.timestamp && epochMs + 2 ** timestampBits * tickMs <= Number.MAX_SAFE_INTEGER;
}
