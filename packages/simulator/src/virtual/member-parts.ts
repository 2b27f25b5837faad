import type { Observer } from "../observation/observer.js";
import type { Interruption } from "../scenario/interruptions.js";
import type { ShardTime } from "../time/shard-time.js";
import type { HostClock } from "./host-clock.js";
import type { StoreRequest } from "./keeper-shell.js";
import type { Member } from "./member.js";
import type { RequestLine } from "./request-line.js";
import type { StoreNetwork } from "./store-network.js";
import type { VirtualProcess } from "./virtual-process.js";
import type { Witness } from "./witness.js";

/** What a member is made of; the world makes and joins the parts. */
export interface MemberParts {
  readonly shard: number;
  readonly clock: HostClock;
  readonly line: RequestLine;
  readonly witness: Witness;
  readonly interruptions: readonly Interruption[];
  /** Starts the host's next process. */
  readonly start: (incarnation: number, asks: (request: StoreRequest) => void) => VirtualProcess;
  /** Told when the process of this number ended. */
  readonly ended: (process: number) => void;
  /** Carries out what concerns others: a copy comes to life, a zombie is replaced. */
  readonly beyond: (interruption: Interruption, member: Member) => void;
}

/** What makes a copy of a process one of its own. */
export interface Rebirth {
  readonly fault: number;
  readonly time: ShardTime;
  readonly observer: Observer;
  readonly network: StoreNetwork;
  readonly fromMs: number;
  readonly untilMs: number;
  readonly firstNumber: number;
}

/** What a member is there for. */
export type Role =
  | { readonly kind: "holder" }
  /** Somebody else has its place, and it does not know. */
  | { readonly kind: "zombie"; readonly fault: number; readonly successor: Member; readonly afterMs: number }
  | { readonly kind: "clone"; readonly fault: number; readonly served: number };
