/**
 * The part of etcd's v3 API that is used here, as its JSON gateway spells it: bytes in base64, 64-bit integers as
 * decimal text, and fields that are zero or false left out of answers.
 */

export interface Header {
  readonly revision?: string;
}

export interface KeyValue {
  readonly key: string;
  readonly value?: string;
  readonly version?: string;
  readonly mod_revision?: string;
}

export interface Range {
  readonly key: string;
  readonly range_end?: string;
  readonly keys_only?: boolean;
  readonly serializable?: boolean;
}

export interface Put {
  readonly key: string;
  readonly value: string;
  readonly lease?: string;
}

export type Compare = { readonly key: string; readonly range_end?: string } & (
  | { readonly target: "VERSION"; readonly result: "EQUAL" | "GREATER"; readonly version: string }
  | { readonly target: "MOD"; readonly result: "LESS"; readonly mod_revision: string }
);

export interface Transaction {
  readonly compare?: readonly Compare[];
  readonly success?: readonly Request[];
  readonly failure?: readonly Request[];
}

export type Request =
  | { readonly request_range: Range }
  | { readonly request_put: Put }
  | { readonly request_txn: Transaction };

export interface RangeAnswer {
  readonly header?: Header;
  readonly kvs?: readonly KeyValue[];
}

export interface TransactionAnswer {
  readonly header?: Header;
  readonly succeeded?: boolean;
  readonly responses?: readonly { readonly response_range?: RangeAnswer }[];
}

export interface GrantAnswer {
  readonly ID: string;
}

/** What a stream of one answer looks like. */
export interface KeepAliveAnswer {
  readonly result?: { readonly TTL?: string };
}
