/** Runners as foreign code may be, for threads that import them by name. */

const outcome = (scenario, detail = {}) => ({ verdict: "pass", scenario, ...detail });

/** Answers at once; says how often the signal was looked at, and what it heard. */
export const quick =
  (options) =>
  (scenario, { onProgress, observers }) => {
    onProgress(scenario.durationMs);
    for (const observer of observers) {
      observer.held({ shard: 0 }, 0);
      observer.issued(0, 0, 1, 0.5, 0, 0, 7);
    }
    return outcome(scenario, { options });
  };

/** Runs until its signal is aborted, without a turn of the event loop. */
export const untilStopped =
  () =>
  (scenario, { signal, onProgress }) => {
    for (let atMs = 0; !signal.aborted; atMs++) onProgress(atMs);
    return outcome(scenario);
  };

/** Waits until its signal says so. */
export const untilTold =
  () =>
  (scenario, { signal }) =>
    new Promise((resolve) => signal.addEventListener("abort", () => resolve(outcome(scenario))));

/** Never comes back. */
export const stubborn = () => () => {
  for (;;);
};

export const throwing = () => () => {
  throw Object.assign(new RangeError("no such thing"));
};

export const notOne = () => 5;
