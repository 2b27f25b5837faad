// Packages without types of their own: what is used of them.

declare module "flake-idgen" {
  export default class FlakeId {
    constructor(options: { readonly datacenter: number; readonly worker: number; readonly epoch: number });
    next(): Uint8Array;
  }
}
