/**
 * Moves knobs apart that would lie on one another, as little as possible, and keeps them on the bar. Positions ascend and
 * so do the places; all in pixels.
 */
export function placeKnobs(positions: readonly number[], apart: number, width: number): number[] {
  // Each group of touching knobs is centred on the mean of where its knobs want to be.
  const groups: { sum: number; count: number }[] = [];
  const centre = ({ sum, count }: { sum: number; count: number }): number => {
    const half = ((count - 1) * apart) / 2;
    return Math.min(Math.max(sum / count, half + apart / 2), width - half - apart / 2);
  };
  for (const position of positions) {
    groups.push({ sum: position, count: 1 });
    for (;;) {
      const last = groups.at(-1)!;
      const before = groups.at(-2);
      if (before === undefined) break;
      const gap = centre(last) - centre(before);
      if (gap >= ((last.count + before.count) * apart) / 2) break;
      groups.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
    }
  }
  return groups.flatMap((group) =>
    Array.from({ length: group.count }, (_, i) => centre(group) + (i - (group.count - 1) / 2) * apart),
  );
}
