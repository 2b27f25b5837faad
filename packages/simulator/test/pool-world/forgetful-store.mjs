/** A store that forgets what was spent: whoever acquires a machine ID of it starts at whatever its clock says. */
import { embeddedStore } from "@shardflake/pool";
import { openStore } from "@shardflake/pool/protocol";

export function forgetfulStore(directory) {
  return { module: import.meta.url, export: "createForgetfulStore", options: embeddedStore(directory) };
}

export async function createForgetfulStore(inner, clock) {
  const store = await openStore(inner, clock);
  return new Proxy(store, {
    get(target, name) {
      if (name !== "read") return typeof target[name] === "function" ? target[name].bind(target) : target[name];
      return async () =>
        (await target.read()).map((stored) =>
          stored.register.holder === null
            ? { ...stored, register: { ...stored.register, floor: 0, limit: 0 } }
            : stored,
        );
    },
  });
}
