/** Waits 3 ms before it issues a number, each time in another way. */
import timers, { setTimeout as namedTimeout } from "node:timers";
import timersPromises, { setTimeout as promisedTimeout } from "node:timers/promises";
import { promisify } from "node:util";

const cell = new Int32Array(new SharedArrayBuffer(4));

export default function create({ clock }) {
  const ways = [
    () => new Promise((resolve) => setTimeout(resolve, 3)),
    () => new Promise((resolve) => namedTimeout(resolve, 3)),
    () => new Promise((resolve) => timers.setTimeout(resolve, 3)),
    () => promisedTimeout(3),
    () => promisify(setTimeout)(3),
    () => timersPromises.scheduler.wait(3),
    () =>
      new Promise((resolve) => {
        let ticks = 0;
        const timer = setInterval(() => {
          if (++ticks < 3) return;
          clearInterval(timer);
          resolve();
        }, 1);
      }),
    async () => {
      let ticks = 0;
      for await (const _ of timersPromises.setInterval(1)) if (++ticks === 3) return;
    },
    async () => {
      const until = Date.now() + 3;
      while (Date.now() < until) await new Promise((resolve) => setImmediate(resolve));
    },
    async () => {
      const cancelled = setTimeout(() => process.exit(1), 1);
      const late = setTimeout(() => {}, 1);
      clearTimeout(cancelled);
      late.refresh().unref();
      await promisedTimeout(3);
    },
    () => void Atomics.wait(cell, 0, 0, 3),
    () => void clock.sleep(3),
    () => {
      const until = performance.now() + 3;
      while (performance.now() < until);
    },
  ];
  let turn = 0;
  return {
    next() {
      const way = ways[turn % ways.length];
      const id = BigInt(turn++);
      const waited = way();
      return waited === undefined ? id : waited.then(() => id);
    },
  };
}
