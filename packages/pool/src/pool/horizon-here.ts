import { compose, type Layout } from "@shardflake/core";

/** Asks for the horizon of the namespace, one question at a time: who asks meanwhile gets the same answer. */
export class HorizonHere {
  private readonly layout: Layout;
  private readonly askTick: () => Promise<number>;
  private asking: Promise<bigint> | undefined;
  private highestTick = 0;

  constructor(layout: Layout, askTick: () => Promise<number>) {
    this.layout = layout;
    this.askTick = askTick;
  }

  ask(): Promise<bigint> {
    this.asking ??= this.askStore().finally(() => {
      this.asking = undefined;
    });
    return this.asking;
  }

  private async askStore(): Promise<bigint> {
    // An answer stays true for ever, so a lower one, after somebody who had no floor yet came, is not passed on.
    this.highestTick = Math.max(this.highestTick, await this.askTick());
    return idAbove(this.layout, this.highestTick);
  }
}

/** The smallest ID above a tick; above the last one, the first number that is no ID of the layout. */
function idAbove(layout: Layout, tick: number): bigint {
  if (tick >= layout.maxTick) return 1n << BigInt(layout.totalBits);
  return compose(layout, { tick: tick + 1, datacenterId: 0, machineId: 0, sequence: 0 });
}
