/** What a report draws of a run besides clocks: sums and extremes of equal parts of the duration, so that its size is bounded. */
export interface Recording {
  /** Length of a part, in milliseconds of true time. */
  readonly partMs: number;
  /** IDs that were completed in each part. */
  readonly issued: Float64Array;
  /** IDs that were asked for and refused in each part. */
  readonly refused: Float64Array;
  /** The longest that a request which began in the part waited for its answer, or for the end; 0 where none began. */
  readonly worstStallMs: Float64Array;
  /** Largest distance of an issuing clock from true time, in milliseconds; 0 where nothing was issued. */
  readonly worstErrorMs: Float64Array;
}
