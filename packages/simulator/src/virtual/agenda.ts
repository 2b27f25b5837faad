/**
 * Who is next: a tournament of members, each with the time of its earliest event, that keeps the loser of every match
 * (D. E. Knuth, "The Art of Computer Programming", volume 3, section 5.4.1). Only the first member's time changes, so one
 * path of matches is replayed, without allocating. Of equal times the lower member's comes first, so that the order is
 * the same on every run.
 */
export class Agenda {
  /** The member whose event comes first, */
  first = 0;
  /** and when. */
  firstMs: number = Number.POSITIVE_INFINITY;
  private readonly leaves: number;
  /** The loser of each match: node 1 is the final, and the children of node n are 2n and 2n + 1. */
  private readonly losers: Int32Array;
  private readonly loserMs: Float64Array;

  constructor(members: number) {
    this.leaves = 2 ** Math.ceil(Math.log2(Math.max(2, members)));
    this.losers = new Int32Array(this.leaves);
    this.loserMs = new Float64Array(this.leaves);
    this.play(new Float64Array(this.leaves).fill(Number.POSITIVE_INFINITY));
  }

  /** The next event of the first member is at this time; `Infinity` for none. */
  advance(atMs: number): void {
    const { losers, loserMs } = this;
    let winner = this.first;
    let winnerMs = atMs;
    for (let node = (this.leaves + winner) >> 1; node >= 1; node >>= 1) {
      const otherMs = loserMs[node]!;
      if (otherMs < winnerMs || (otherMs === winnerMs && losers[node]! < winner)) {
        const other = losers[node]!;
        loserMs[node] = winnerMs;
        losers[node] = winner;
        winnerMs = otherMs;
        winner = other;
      }
    }
    this.first = winner;
    this.firstMs = winnerMs;
  }

  /** The next event of any member is at this time. */
  set(member: number, atMs: number): void {
    const times = new Float64Array(this.leaves);
    times[this.first] = this.firstMs;
    for (let node = 1; node < this.leaves; node++) times[this.losers[node]!] = this.loserMs[node]!;
    times[member] = atMs;
    this.play(times);
  }

  private play(times: Float64Array): void {
    const winners = new Int32Array(2 * this.leaves);
    for (let member = 0; member < this.leaves; member++) winners[this.leaves + member] = member;
    for (let node = this.leaves - 1; node >= 1; node--) {
      const left = winners[2 * node]!;
      const right = winners[2 * node + 1]!;
      const [winner, loser] = times[right]! < times[left]! ? [right, left] : [left, right];
      winners[node] = winner;
      this.losers[node] = loser;
      this.loserMs[node] = times[loser]!;
    }
    this.first = winners[1]!;
    this.firstMs = times[this.first]!;
  }
}
