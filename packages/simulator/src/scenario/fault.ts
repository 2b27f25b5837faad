/**
 * Which shards a fault befalls: one, a third (rounded up), two thirds (rounded up) or all of them, drawn from the seed
 * and the fault's place in the list; or a list of shard numbers.
 */
export type Target = "one" | "minority" | "majority" | "all" | readonly number[];

/** When and where: an absolute interval in true time, which begins `atMs` after the start of the scenario. */
export interface FaultPlace {
  readonly atMs: number;
  /** 0 for faults that are an instant (a step, a restart): what they leave behind lasts by itself. */
  readonly forMs: number;
  readonly on: Target;
}

/** Rate error of the crystal, and the slow wander around it. */
export interface DriftFault extends FaultPlace {
  readonly kind: "drift";
  readonly ppm: number;
  /** Amplitude of a daily cycle around `ppm`. */
  readonly wanderPpm: number;
}

/** A time daemon runs while the fault lasts and corrects whatever offset there is, in its documented way. */
export interface DaemonFault extends FaultPlace {
  readonly kind: "daemon";
  readonly daemon: "ntpd" | "ntpd-x" | "chrony" | "timesyncd";
  readonly pollMs: number;
}

/** Somebody sets the clock. */
export interface StepFault extends FaultPlace {
  readonly kind: "step";
  readonly byMs: number;
}

/** The clock jumps to and fro. */
export interface StrobeFault extends FaultPlace {
  readonly kind: "strobe";
  readonly byMs: number;
  readonly periodMs: number;
}

/** A leap second at `atMs`; its effect is there until the end of the interval, where the host is set right. */
export interface LeapSecondFault extends FaultPlace {
  readonly kind: "leap-second";
  readonly direction: "insert" | "delete";
  readonly handling: "step" | "slew";
}

/** A leap second spread over the interval; the hosts that are not hit do not smear, so that the fleet disagrees. */
export interface LeapSmearFault extends FaultPlace {
  readonly kind: "leap-smear";
  readonly shape: "linear" | "cosine";
}

/** The host stands still for the interval and comes back behind. */
export interface MigrationFault extends FaultPlace {
  readonly kind: "migration";
  readonly behindMs: number;
  readonly monotonic: "goes-on" | "stops";
}

/** The host sleeps for the interval: monotonic time is frozen, the wall clock jumps, or stays behind. */
export interface SuspendFault extends FaultPlace {
  readonly kind: "suspend";
  readonly wall: "jumps" | "stays-behind";
}

/** A copy of the running process, taken at `atMs`, lives beside it for the interval, its clock rewound. */
export interface CloneFault extends FaultPlace {
  readonly kind: "clone";
  readonly rewindMs: number;
}

/** The wall clock shows multiples of its granularity only. */
export interface CoarseFault extends FaultPlace {
  readonly kind: "coarse";
  readonly granularityMs: number;
}

/** Single reads go back, as on cores whose counters disagree. */
export interface WarpFault extends FaultPlace {
  readonly kind: "warp";
  readonly mostMs: number;
}

/** The process stands still (collection, SIGSTOP, a blocked loop); both clocks go on. */
export interface PauseFault extends FaultPlace {
  readonly kind: "pause";
}

/** The wall clock stands still at the time at which it froze, or at a value. */
export interface FrozenFault extends FaultPlace {
  readonly kind: "frozen";
  /** Unix milliseconds; `null`: the last reading before the fault. */
  readonly valueMs: number | null;
}

/** The wall clock is off by years. */
export interface WrongYearFault extends FaultPlace {
  readonly kind: "wrong-year";
  readonly byYears: number;
}

/** The wall clock is put this close before the end of the layout's lifetime, and runs over it. */
export interface RolloverFault extends FaultPlace {
  readonly kind: "rollover";
  readonly beforeEndMs: number;
}

/** The process is killed and comes back after the interval, its clock behind by so much from then on. */
export interface RestartFault extends FaultPlace {
  readonly kind: "restart";
  readonly exit: "kill" | "release";
  readonly clockBehindMs: number;
}

/** The holder is paused and its renewals are dropped, its clock stepped meanwhile. */
export interface ZombieFault extends FaultPlace {
  readonly kind: "zombie";
  readonly stepMs: number;
}

/** What goes wrong between the shards it befalls and their store. */
export interface StoreFault extends FaultPlace {
  readonly kind: "store";
  readonly trouble: "down" | "answers-lost" | "slow" | "partitioned";
  /** How long an answer takes while it is slow. */
  readonly delayMs: number;
}

/** Faults of the time that a shard sees. */
export type ClockFault =
  | DriftFault
  | DaemonFault
  | StepFault
  | StrobeFault
  | LeapSecondFault
  | LeapSmearFault
  | CoarseFault
  | WarpFault
  | FrozenFault
  | WrongYearFault
  | RolloverFault;

/** Faults of a process; migration, suspend, zombie, clone and restart touch its clock, too. */
export type ProcessFault = MigrationFault | SuspendFault | CloneFault | PauseFault | RestartFault | ZombieFault;

/** One thing that goes wrong. */
export type Fault = ClockFault | ProcessFault | StoreFault;
