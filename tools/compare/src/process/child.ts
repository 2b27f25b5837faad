import { type ChildProcess, fork } from "node:child_process";
import { ShardflakeError } from "@shardflake/core";
import type { FromChild, RoleSpec, ToChild } from "./messages.js";

/** A process that the comparison started. */
export interface Child {
  /** What its role said when it was ready. */
  readonly answer: unknown;
  readonly pid: number;
  /** Resolves when the process is gone, however it went. */
  readonly ended: Promise<void>;
  /** @throws ShardflakeError `PROCESS_FAILED` when the role could not do it, `PROCESS_ENDED` when the process is gone */
  ask(request: unknown): Promise<unknown>;
  /** Sets its wall clock off from the host's, and returns how far off it then was as the role sees it, in milliseconds. */
  setClock(offsetMs: number): Promise<number>;
  onEvent(listener: (event: unknown) => void): void;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** In good order. */
  close(): Promise<void>;
}

/** How long a process may take to end in good order before it is killed. */
const CLOSE_MS = 5000;

/** A process before its role is ready: what must be stopped is known from the start. */
export interface Starting {
  readonly process: ChildProcess;
  readonly opened: Promise<Child>;
}

/** Starts a process with a role. */
export function startChild(role: RoleSpec): Starting {
  const child = fork(new URL("./main.js", import.meta.url), {
    serialization: "advanced",
    execArgv: [],
    stdio: ["ignore", "ignore", "pipe", "ipc"],
  });
  return { process: child, opened: openChild(child, role) };
}

function openChild(child: ChildProcess, role: RoleSpec): Promise<Child> {
  const waiting = new Map<number, { resolve(answer: unknown): void; reject(error: Error): void }>();
  const listeners: ((event: unknown) => void)[] = [];
  let said = "";
  let lastId = 0;
  child.stderr!.setEncoding("utf8").on("data", (text: string) => {
    said = `${said}${text}`.slice(-2000);
  });
  const send = (message: ToChild): void => {
    if (child.connected) child.send(message, () => {});
  };
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const ask = (message: (id: number) => ToChild): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (!child.connected) return reject(gone(said));
      waiting.set(++lastId, { resolve, reject });
      send(message(lastId));
    });
  const handle: Omit<Child, "answer"> = {
    // A process that could not be started is never handed out.
    pid: child.pid ?? -1,
    ended,
    ask: (request) => ask((id) => ({ kind: "ask", id, request })),
    setClock: (offsetMs) => ask((id) => ({ kind: "set-clock", id, offsetMs })) as Promise<number>,
    onEvent: (listener) => void listeners.push(listener),
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    async close() {
      send({ kind: "close" });
      const timer = setTimeout(() => child.kill("SIGKILL"), CLOSE_MS);
      await ended;
      clearTimeout(timer);
    },
  };
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("message", (message: FromChild) => {
      switch (message.kind) {
        case "opened":
          return resolve({ ...handle, answer: message.answer });
        case "broken":
          return reject(failed(message.message));
        case "event":
          for (const listener of listeners) listener(message.event);
          return;
        case "answer":
          waiting.get(message.id)?.resolve(message.answer);
          return void waiting.delete(message.id);
        case "failure":
          waiting.get(message.id)?.reject(failed(message.message));
          return void waiting.delete(message.id);
      }
    });
    void ended.then(() => {
      const error = gone(said);
      reject(error);
      for (const { reject: refuse } of waiting.values()) refuse(error);
      waiting.clear();
    });
    send({ kind: "open", role });
  });
}

function failed(message: string): ShardflakeError {
  return new ShardflakeError("PROCESS_FAILED", `A process of the comparison could not do its work: ${message}`);
}

function gone(said: string): ShardflakeError {
  const last = said.trim().split("\n").at(-1) ?? "";
  return new ShardflakeError(
    "PROCESS_ENDED",
    `Expected a process of the comparison to be there, but it has ended${last === "" ? "." : `: ${last}`}`,
  );
}
