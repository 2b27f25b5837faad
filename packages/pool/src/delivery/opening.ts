/** A shard that has not heard of the request by then is not waited for, in milliseconds. */
const LONGEST_MS = 100;

/** Lets the shards of a request begin together. */
export interface Opening {
  /** Called once a shard has heard of the request; resolves when all have, or too much time has passed. */
  opened(): Promise<void>;
}

export function createOpening(shards: number): Opening {
  let missing = shards;
  let begin: () => void = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  let timer: NodeJS.Timeout | undefined;
  return {
    opened() {
      missing--;
      if (missing > 0) timer ??= setTimeout(begin, LONGEST_MS);
      else begin();
      return begun.finally(() => clearTimeout(timer));
    },
  };
}
