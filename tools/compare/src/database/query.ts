/** A statement with its parameters; rows come back as lists of text. */
export interface Query {
  readonly text: string;
  readonly parameters: readonly (string | number)[];
}

export type Rows = readonly (readonly (string | null)[])[];
