/** A contestant's process: loads `create` from the module given, and measures a slice whenever it is asked to. */
import { Bench } from "tinybench";
import type { Answer, Contestant, CreateContestant, Question, Slice } from "./contestant.js";

const [moduleUrl, name] = process.argv.slice(2) as [string, string];
const { create } = (await import(moduleUrl)) as { readonly create: CreateContestant };
const contestant = await create(name);

process.on("message", (question: Question) => void answer(question));
process.on("disconnect", () => void contestant.close());
send({ kind: "ready" });

async function answer(question: Question): Promise<void> {
  if (question.kind === "facts") send({ kind: "facts", facts: contestant.facts() });
  else send({ kind: "slice", ...(await measure(contestant, question.forMs)) });
}

async function measure({ calls, run }: Contestant, forMs: number): Promise<Slice> {
  const bench = new Bench({ time: forMs, iterations: 1, warmup: false, retainSamples: true });
  bench.add("run", run);
  const cpu = process.cpuUsage();
  const [task] = await bench.run();
  const { user, system } = process.cpuUsage(cpu);
  if (task?.result.state !== "completed") throw new Error(`Expected ${name} to run, got ${task?.result.state}.`);
  const { latency } = task.result;
  const made = latency.samplesCount * calls;
  return {
    medianNs: (latency.p50 * 1e6) / calls,
    meanNs: (latency.mean * 1e6) / calls,
    cpuNs: ((user + system) * 1000) / made,
  };
}

function send(message: Answer): void {
  process.send?.(message);
}
