// Packages without types of their own: what their adapters use of them.

declare module "flake-idgen" {
  export default class FlakeId {
    constructor(options: { readonly datacenter: number; readonly worker: number; readonly epoch: number });
    next(): Uint8Array;
  }
}

declare module "snowflake-id" {
  class Snowflake {
    constructor(options: { readonly mid: number; readonly offset: number });
    generate(): string;
  }
  const exports: { readonly default: typeof Snowflake };
  export default exports;
}
