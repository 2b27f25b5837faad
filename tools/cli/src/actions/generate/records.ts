import { type Format, headerOf, type Receive } from "@shardflake/pool";
import type { Output } from "../../output.js";

/** Takes records to an output; the header goes before the first ones, so that a refused request leaves no trace. */
export interface Records {
  readonly receive: Receive;
  /** All records were received, be it none. */
  end(): Promise<void>;
}

export function recordsTo(output: Output, format: Format): Records {
  let isBegun = false;
  const begin = async (): Promise<void> => {
    if (isBegun) return;
    isBegun = true;
    await output.write(headerOf(format));
  };
  return {
    async receive(slices) {
      await begin();
      await output.writeAll(slices);
    },
    end: begin,
  };
}
