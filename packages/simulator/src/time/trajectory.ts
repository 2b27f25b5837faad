/**
 * A piecewise linear function of true time, with jumps: from `startsMs[i]` on, up to the next start, it is
 * `values[i] + (trueMs - startsMs[i]) * slopes[i]`. The first piece also holds before its start.
 */
export class Trajectory {
  readonly startsMs: number[] = [];
  readonly values: number[] = [];
  readonly slopes: number[] = [];

  /** Goes on from `startMs`, not before the last start, with this value and slope. */
  append(startMs: number, value: number, slope: number): void {
    const last = this.startsMs.length - 1;
    if (last >= 0 && this.slopes[last] === slope && this.#valueOf(last, startMs) === value) return;
    if (last >= 0 && this.startsMs[last] === startMs) {
      this.values[last] = value;
      this.slopes[last] = slope;
      return;
    }
    this.startsMs.push(startMs);
    this.values.push(value);
    this.slopes.push(slope);
  }

  at(trueMs: number): number {
    return this.#valueOf(pieceAt(this.startsMs, trueMs), trueMs);
  }

  slopeAt(trueMs: number): number {
    return this.slopes[pieceAt(this.startsMs, trueMs)]!;
  }

  #valueOf(piece: number, trueMs: number): number {
    return this.values[piece]! + (trueMs - this.startsMs[piece]!) * this.slopes[piece]!;
  }
}

/** The piece that holds at `trueMs`, found by halving. */
export function pieceAt(startsMs: ArrayLike<number>, trueMs: number): number {
  let low = 0;
  let high = startsMs.length;
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (startsMs[middle]! <= trueMs) low = middle;
    else high = middle;
  }
  return low;
}

/** A trajectory that has one value throughout. */
export function constant(value: number): Trajectory {
  const trajectory = new Trajectory();
  trajectory.append(0, value, 0);
  return trajectory;
}

/** `value` within `[fromMs, toMs)` and 0 outside. */
export function plateau(fromMs: number, toMs: number, value: number): Trajectory {
  const trajectory = constant(0);
  trajectory.append(fromMs, value, 0);
  trajectory.append(toMs, 0, 0);
  return trajectory;
}

/** The sum at every time; a piece begins wherever one of the two begins one. */
export function sum(a: Trajectory, b: Trajectory): Trajectory {
  const total = new Trajectory();
  let i = 0;
  let j = 0;
  let startMs = 0;
  while (startMs < Number.POSITIVE_INFINITY) {
    const value = a.values[i]! + (startMs - a.startsMs[i]!) * a.slopes[i]!;
    const other = b.values[j]! + (startMs - b.startsMs[j]!) * b.slopes[j]!;
    total.append(startMs, value + other, a.slopes[i]! + b.slopes[j]!);
    const nextOfA = a.startsMs[i + 1] ?? Number.POSITIVE_INFINITY;
    const nextOfB = b.startsMs[j + 1] ?? Number.POSITIVE_INFINITY;
    startMs = Math.min(nextOfA, nextOfB);
    if (nextOfA === startMs) i++;
    if (nextOfB === startMs) j++;
  }
  return total;
}
