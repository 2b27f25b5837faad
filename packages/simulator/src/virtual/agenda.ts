/**
 * Who is next: a tournament tree over members, each with the time of its earliest event. Setting a time replays the
 * matches on one path and allocates nothing. Of equal times the lower member wins, so that the order is the same on every
 * run.
 */
export class Agenda {
  private readonly leaves: number;
  private readonly times: Float64Array;
  /** Winner of each match; node 1 is the final, the children of node n are 2n and 2n + 1. */
  private readonly winners: Int32Array;

  constructor(members: number) {
    this.leaves = 2 ** Math.ceil(Math.log2(Math.max(2, members)));
    this.times = new Float64Array(this.leaves).fill(Number.POSITIVE_INFINITY);
    this.winners = new Int32Array(this.leaves);
    for (let node = this.leaves - 1; node >= 1; node--) this.winners[node] = this.winnerOf(node);
  }

  /** The member whose event comes first. */
  get first(): number {
    return this.winners[1]!;
  }

  get firstMs(): number {
    return this.times[this.winners[1]!]!;
  }

  /** The member's next event is at this time; `Infinity` for none. */
  set(member: number, atMs: number): void {
    if (this.times[member] === atMs) return;
    this.times[member] = atMs;
    for (let node = (this.leaves + member) >> 1; node >= 1; node >>= 1) this.winners[node] = this.winnerOf(node);
  }

  private winnerOf(node: number): number {
    const left = this.competitor(2 * node);
    const right = this.competitor(2 * node + 1);
    return this.times[right]! < this.times[left]! ? right : left;
  }

  private competitor(node: number): number {
    return node >= this.leaves ? node - this.leaves : this.winners[node]!;
  }
}
