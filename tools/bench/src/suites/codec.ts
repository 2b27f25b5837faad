import { type ContestResult, contest } from "../contest/contest.js";
import { FORMS, nameOf, OURS, OURS_RUN, SECTIONS, type Task } from "../contestants/codec.js";
import { showSpread } from "../spread.js";
import { type Measurement, type Outcome, REPORTED, type Table } from "../suite.js";

const ABOUT = `Nanoseconds an ID, each contestant in processes of its own, in turns, medians of calls. All of ours refuse whatever is not
the text of an ID of 63 bits: they check length, alphabet, sign and overflow, which \`BigInt()\` and the packages do not or in part.
Base32 is Crockford's, 13 characters; base62 has 11 characters here and no leading zeros in the packages. The encoder that the
pool's threads write with works on runs, and its text is the same.`;

/** All text forms, and the sections of an ID, against packages that offer them. */
export async function codec(): Promise<Outcome> {
  const tasks = [...Object.keys(FORMS).flatMap((form) => [...encoding(form), ...decoding(form)]), ...reading()];
  const result = await contest({
    module: new URL("../contestants/codec.js", import.meta.url),
    names: tasks.map(nameOf),
    processes: 2,
    rounds: 5,
    sliceMs: 50,
  });
  return {
    about: ABOUT,
    measurements: [
      ...Object.keys(FORMS).flatMap((form) => [
        nearest(result, `${form}, encode`, encoding(form)),
        nearest(result, `${form}, decode`, decoding(form)),
      ]),
      nearest(result, "sections of an ID", reading()),
    ],
    tables: [
      ...Object.keys(FORMS).flatMap((form) => [
        table(result, `${form}: encode`, encoding(form)),
        table(result, `${form}: decode`, decoding(form)),
      ]),
      table(result, "Sections and time of an ID", reading()),
    ],
  };
}

function encoding(form: string): Task[] {
  return [...Object.keys(FORMS[form]!.encode), OURS_RUN].map((who) => ({ kind: "encode", form, who }));
}

function decoding(form: string): Task[] {
  return Object.keys(FORMS[form]!.decode).map((who) => ({ kind: "decode", form, who }));
}

function reading(): Task[] {
  return Object.keys(SECTIONS).map((who) => ({ kind: "read", who }));
}

/** Against the fastest of the others. */
function nearest(result: ContestResult, what: string, tasks: readonly Task[]): Measurement {
  const own = tasks.find(({ who }) => who === OURS)!;
  const others = tasks.filter(({ who }) => who !== OURS && who !== OURS_RUN);
  const [fastest] = others
    .map((task) => ({ who: task.who, ratio: result.ratio(nameOf(own), nameOf(task), "medianNs") }))
    .sort((a, b) => b.ratio.median - a.ratio.median);
  return {
    what: `${what}, time against the fastest, ${fastest!.who}`,
    figure: `${showSpread(fastest!.ratio)} ×`,
    value: fastest!.ratio.median,
    bound: REPORTED,
    holds: true,
  };
}

function table(result: ContestResult, title: string, tasks: readonly Task[]): Table {
  const own = tasks.find(({ who }) => who === OURS)!;
  return {
    title,
    head: ["", "ns an ID", "× the time of shardflake"],
    rows: tasks.map((task) => [
      task.who,
      showSpread(result.spread(nameOf(task), "medianNs"), 1),
      showSpread(result.ratio(nameOf(task), nameOf(own), "medianNs")),
    ]),
  };
}
