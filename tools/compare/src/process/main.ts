/** The entry of every process that the comparison starts: it opens its role, answers, and ends with the command. */
import { installClockOffset } from "./clock-offset.js";
import { messageOf } from "./message-of.js";
import type { FromChild, ToChild } from "./messages.js";
import type { OpenRole, Role } from "./role.js";

// Before any other module is loaded: some keep `Date.now` when they start.
const clockOffset = installClockOffset();
let role: Role | undefined;

function send(message: FromChild): void {
  // The command may be gone already; then this process ends, too.
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}

async function answer(id: number, work: () => Promise<unknown>): Promise<void> {
  try {
    send({ kind: "answer", id, answer: await work() });
  } catch (error) {
    send({ kind: "failure", id, message: messageOf(error) });
  }
}

async function open(message: Extract<ToChild, { kind: "open" }>): Promise<void> {
  const { module, export: name, options } = message.role;
  try {
    const opener = ((await import(module)) as Record<string, OpenRole>)[name];
    role = await opener!(options as never, { clockOffset, emit: (event) => send({ kind: "event", event }) });
    send({ kind: "opened", answer: role.answer });
  } catch (error) {
    send({ kind: "broken", message: messageOf(error) });
    process.disconnect();
  }
}

async function setClock(offsetMs: number): Promise<number> {
  const hostMs = Date.now() - Atomics.load(clockOffset, 0);
  Atomics.store(clockOffset, 0, offsetMs);
  return (await role!.clockMs()) - hostMs;
}

async function close(): Promise<void> {
  await role?.close();
  process.disconnect();
  process.exit(0);
}

process.on("message", (message: ToChild) => {
  switch (message.kind) {
    case "open":
      return void open(message);
    case "ask":
      return void answer(message.id, () => role!.handle(message.request));
    case "set-clock":
      return void answer(message.id, () => setClock(message.offsetMs));
    case "close":
      return void close();
  }
});
// A terminal sends Ctrl-C to all its processes; the command decides what becomes of this one.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});
process.on("disconnect", () => process.exit(0));
