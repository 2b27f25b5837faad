import { contest } from "../contest/contest.js";
import { BIGINT_LOOP, CEILING_PER_SECOND, OURS, OURS_AFTER, OURS_IN_PLACE, PHYSICAL } from "../contestants/fill.js";
import { SNOWFLAKES } from "../peers/snowflakes.js";
import { showSpread } from "../spread.js";
import type { Outcome } from "../suite.js";

const LEAST_PER_SECOND_M = 500;
const LEAST_OF_FILL = 0.6;
const LEAST_TIMES_PEER = 100;

const ABOUT = `One thread fills an array of 8 MB with ascending IDs; the sequence has 32 bits, so that no tick is ever waited for. The
physical limit is \`BigUint64Array.fill\`, which writes one value everywhere. Packages have no batch call: they are called in a
loop with their ceiling out of the way (see \`next\`), so that they may pass it here without the duplicates that some of them pay
with on the real clock; whether any came is counted all the same. Medians of calls.

\`fill(idArray(n))\`, in a process that has filled arrays of every kind, writes memory that WebAssembly has made; any other array is
copied into. Why that misses 0.6 of the limit: \`BigUint64Array.fill\` stores 16 bytes a cycle here (0.137 ns an ID), the most that
128-bit stores can do. \`fill\` makes IDs at that same speed, 0.136 ns, but WebAssembly can only write memory of its own, so they
are copied with \`set\`, 0.12 ns at best: C with 256-bit moves needs 0.082, \`set\` goes through a C library that uses \`rep movsb\`
above 2 kB (0.113), and below that the call, 15 ns, weighs more. Even where the library is told to use moves of 512 bits
(\`GLIBC_TUNABLES=glibc.cpu.x86_rep_movsb_threshold=1000000\`) it is 0.57. What counted: a scratch of 10 kB (1 kB to 4 MB were
tried), copies that begin at a line of the cache (a third quicker), and a scratch that is not at a page's start (up to 20 times as slow else). Loops in
JavaScript over Uint32Array, Float64Array or BigUint64Array, unrolled or not, took 0.39 to 2 ns.`;

/** `fill` against what memory allows, BigInt arithmetic, and packages called in a loop. */
export async function fill(): Promise<Outcome> {
  const peers = SNOWFLAKES.map(({ name }) => name);
  const names = [OURS, OURS_AFTER, OURS_IN_PLACE, PHYSICAL, BIGINT_LOOP, ...peers];
  const result = await contest({
    module: new URL("../contestants/fill.js", import.meta.url),
    names,
    processes: 3,
    rounds: 5,
    sliceMs: 80,
  });
  const ofLimit = [OURS, OURS_AFTER, OURS_IN_PLACE].map((name) => ({
    name,
    ratio: result.ratio(PHYSICAL, name, "medianNs"),
  }));
  const fastest = peers
    .map((name) => ({ name, ratio: result.ratio(name, OURS, "medianNs") }))
    .reduce((best, peer) => (peer.ratio.median < best.ratio.median ? peer : best));
  const perSecondM = 1000 / result.spread(OURS, "medianNs").median;
  return {
    about: ABOUT,
    measurements: [
      {
        what: "fill(view), one thread",
        figure: `${perSecondM.toFixed(0)} M IDs/s`,
        value: perSecondM,
        bound: `≥ ${LEAST_PER_SECOND_M} M IDs/s`,
        holds: perSecondM >= LEAST_PER_SECOND_M,
      },
      ...ofLimit.map(({ name, ratio }) => ({
        what: name,
        figure: `${showSpread(ratio)} × the speed of BigUint64Array.fill`,
        value: ratio.median,
        bound: `≥ ${LEAST_OF_FILL} ×`,
        holds: ratio.median >= LEAST_OF_FILL,
      })),
      {
        what: `fill(view) against the fastest package, ${fastest.name}`,
        figure: `${showSpread(fastest.ratio, 0)} × its speed`,
        value: fastest.ratio.median,
        bound: `≥ ${LEAST_TIMES_PEER} ×`,
        holds: fastest.ratio.median >= LEAST_TIMES_PEER,
      },
    ],
    tables: [
      {
        title: "Filling an array",
        head: [
          "",
          "ceiling on the real clock, M IDs/s",
          "ns an ID",
          "M IDs/s",
          "× the time of fill(view)",
          "duplicates",
        ],
        rows: names.map((name) => {
          const spread = result.spread(name, "medianNs");
          return [
            name,
            ceilingM(name),
            showSpread(spread),
            (1000 / spread.median).toFixed(0),
            showSpread(result.ratio(name, OURS, "medianNs")),
            shownCount(result.fact(name, "duplicates")),
          ];
        }),
      },
    ],
  };
}

/** Of the layout that a package has when nothing is configured, or the classic one; ours here has the longest sequence. */
function ceilingM(name: string): string {
  const peer = SNOWFLAKES.find((candidate) => candidate.name === name);
  if (peer !== undefined) return (2 ** peer.sequenceBits / 1000).toFixed(2);
  return name === OURS || name === OURS_AFTER || name === OURS_IN_PLACE ? (CEILING_PER_SECOND / 1e6).toFixed(0) : "";
}

function shownCount(count: number): string {
  return Number.isNaN(count) ? "" : count.toString();
}
