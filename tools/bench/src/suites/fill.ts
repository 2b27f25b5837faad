import { contest } from "../contest/contest.js";
import { BIGINT_LOOP, OURS, OURS_AFTER, PHYSICAL } from "../contestants/fill.js";
import { SNOWFLAKES } from "../peers/snowflakes.js";
import { showSpread } from "../spread.js";
import type { Outcome } from "../suite.js";

const LEAST_PER_SECOND_M = 500;
const LEAST_OF_FILL = 0.6;
const LEAST_TIMES_PEER = 100;

const ABOUT = `One thread fills an array of 8 MB with ascending IDs; the sequence has 32 bits, so that no tick is ever waited for. The
physical limit is \`BigUint64Array.fill\`, which writes one value everywhere. Packages have no batch call: they are called in a
loop with their ceiling out of the way (see \`next\`). Medians of calls.

Why the bound is missed: \`BigUint64Array.fill\` stores 16 bytes a cycle here (0.137 ns an ID), this loop stores twice an ID. Tried on the
same array: a loop over a Float64Array whose bits are the IDs, 0.39 to 0.56 ns, and twice that once the compiler had seen
shared or growing memory; 128-bit WebAssembly into a scratch of 64 kB (0.142) and \`set\` into the array (0.17), 0.31 in
all, whatever was filled before: 0.44 of the limit, which neither half alone leaves room to pass.`;

/** `fill` against what memory allows, BigInt arithmetic, and packages called in a loop. */
export async function fill(): Promise<Outcome> {
  const peers = SNOWFLAKES.map(({ name }) => name);
  const names = [OURS, OURS_AFTER, PHYSICAL, BIGINT_LOOP, ...peers];
  const result = await contest({
    module: new URL("../contestants/fill.js", import.meta.url),
    names,
    processes: 3,
    rounds: 5,
    sliceMs: 80,
  });
  const ofLimit = [OURS, OURS_AFTER].map((name) => ({ name, ratio: result.ratio(PHYSICAL, name, "medianNs") }));
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
        head: ["", "ns an ID", "M IDs/s", "× the time of fill(view)"],
        rows: names.map((name) => {
          const spread = result.spread(name, "medianNs");
          return [
            name,
            showSpread(spread),
            (1000 / spread.median).toFixed(0),
            showSpread(result.ratio(name, OURS, "medianNs")),
          ];
        }),
      },
    ],
  };
}
