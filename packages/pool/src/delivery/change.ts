/** Lets one side wait until the other says that something has changed. */
export interface Change {
  /** Resolves at the next {@link announce}, or at once when one came since the last wait. */
  wait(): Promise<void>;
  announce(): void;
}

export function createChange(): Change {
  let announced = false;
  let wake: (() => void) | undefined;
  return {
    async wait() {
      if (!announced) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      announced = false;
    },
    announce() {
      announced = true;
      wake?.();
      wake = undefined;
    },
  };
}
