import { type ContestResult, contest } from "../contest/contest.js";
import { BARE_CLOCK, OURS, UNBOUNDED } from "../contestants/next.js";
import { OTHERS } from "../peers/others.js";
import { SNOWFLAKES } from "../peers/snowflakes.js";
import { showSpread } from "../spread.js";
import type { Outcome, Table } from "../suite.js";

const MOST_RATIO = 1.5;
const EXAMINED = "300,000";

const ABOUT = `One call after the other, every generator in processes of its own, in turns; process CPU. Ours is \`claim()\` with its
keeper and an embedded store. With the ceiling out of the way, ours has a sequence of 22 bits, and so have the packages that
can be given one (snowflakify, simple-flakeid, tsid-ts); the others read a \`Date.now()\` that goes a millisecond further at
every 512th reading, and are compared with a bare reading of that. A generator that passes its own ceiling pays with
duplicates or with timestamps from the future: both are counted in ${EXAMINED} IDs.`;

/** `next()` against a bare `Date.now()`, snowflake packages, and generators of other IDs. */
export async function next(): Promise<Outcome> {
  const snowflakes = [OURS, ...SNOWFLAKES.map(({ name }) => name)];
  const names = [BARE_CLOCK, `${BARE_CLOCK}${UNBOUNDED}`, ...snowflakes.flatMap((name) => [name, name + UNBOUNDED])];
  const result = await contest({
    module: new URL("../contestants/next.js", import.meta.url),
    names: [...names, ...Object.keys(OTHERS)],
    processes: 3,
    rounds: 5,
    sliceMs: 60,
  });
  const ratio = result.ratio(OURS + UNBOUNDED, BARE_CLOCK, "cpuNs");
  const peers = SNOWFLAKES.map(({ name }) => ({
    name,
    ratio: result.ratio(OURS + UNBOUNDED, name + UNBOUNDED, "cpuNs"),
  }));
  const nearest = peers.reduce((best, peer) => (peer.ratio.median > best.ratio.median ? peer : best));
  return {
    about: ABOUT,
    measurements: [
      {
        what: "next() against Date.now(), process CPU",
        figure: `${showSpread(ratio)} ×`,
        value: ratio.median,
        bound: `≤ ${MOST_RATIO} ×`,
        holds: ratio.median <= MOST_RATIO,
      },
      {
        what: `next() against the cheapest package, ${nearest.name}`,
        figure: `${showSpread(nearest.ratio)} × its CPU`,
        value: nearest.ratio.median,
        bound: "< 1 ×",
        holds: nearest.ratio.median < 1,
      },
    ],
    tables: [costs(result, snowflakes), realClock(result, snowflakes), others(result)],
  };
}

function costs(result: ContestResult, names: readonly string[]): Table {
  return {
    title: "CPU of one ID, the ceiling out of the way",
    head: ["generator", "ns", "× shardflake"],
    rows: [
      ["bare `Date.now()`", showSpread(result.spread(BARE_CLOCK, "cpuNs"), 1), ""],
      ["the quick `Date.now()`", showSpread(result.spread(BARE_CLOCK + UNBOUNDED, "cpuNs"), 1), ""],
      ...names.map((name) => [
        name,
        showSpread(result.spread(name + UNBOUNDED, "cpuNs"), 1),
        showSpread(result.ratio(name + UNBOUNDED, OURS + UNBOUNDED, "cpuNs")),
      ]),
    ],
  };
}

function realClock(result: ContestResult, names: readonly string[]): Table {
  return {
    title: "On the real clock, as they come",
    head: [
      "generator",
      "ceiling of its layout, IDs/ms",
      "issued, IDs/ms",
      "CPU, ns an ID",
      `duplicates in ${EXAMINED}`,
      "ahead of the clock, ms",
      "",
    ],
    rows: names.map((name) => {
      const ceiling = 2 ** (SNOWFLAKES.find((peer) => peer.name === name)?.sequenceBits ?? 12);
      const perMs = 1e6 / result.spread(name, "meanNs").median;
      const [duplicates, aheadMs] = [result.fact(name, "duplicates"), result.fact(name, "aheadMs")];
      return [
        name,
        ceiling.toString(),
        perMs.toFixed(0),
        showSpread(result.spread(name, "cpuNs"), 0),
        duplicates.toString(),
        aheadMs.toString(),
        mark(duplicates, aheadMs),
      ];
    }),
  };
}

/** How a rate above the ceiling was bought. */
function mark(duplicates: number, aheadMs: number): string {
  if (duplicates > 0) return "**duplicates**";
  return aheadMs > 1 ? "**borrows from the future**" : "";
}

function others(result: ContestResult): Table {
  return {
    title: "Other kinds of IDs, the real clock",
    head: ["generator", "CPU, ns an ID", "× shardflake without a ceiling"],
    rows: Object.keys(OTHERS).map((name) => [
      name,
      showSpread(result.spread(name, "cpuNs"), 0),
      showSpread(result.ratio(name, OURS + UNBOUNDED, "cpuNs")),
    ]),
  };
}
