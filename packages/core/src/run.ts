/** Consecutive IDs of one machine ID in one tick: sequences `sequence` to `sequence + count - 1`. */
export interface Run {
  readonly tick: number;
  readonly sequence: number;
  readonly count: number;
}
