export { type Backlog, backlogOf } from "./capacity/backlog.js";
export { type Burst, burstOf } from "./capacity/burst.js";
export { type Capacity, capacityOf, type Load } from "./capacity/capacity.js";
export { type Choice, type Choices, chooseLayout } from "./capacity/choice/choose-layout.js";
export type { Headroom } from "./capacity/choice/headroom.js";
export type { Miss } from "./capacity/choice/misses.js";
export type { Win, Winner } from "./capacity/choice/rank.js";
export type { RequirementName, Requirements } from "./capacity/choice/requirements.js";
export type { SectionLengths } from "./capacity/choice/section-lengths.js";
export { crashesPerHour } from "./capacity/churn.js";
export {
  collisionProbability,
  uuidV4CollisionProbability,
  uuidV7CollisionProbability,
} from "./capacity/collision.js";
export { type Disorder, disorderOf } from "./capacity/disorder.js";
export { type Exhaustion, exhaustionOf } from "./capacity/exhaustion.js";
export { lifetimeYears, type NumberMargin, numberMargin } from "./capacity/lifetime.js";
export { randomStartLoss } from "./capacity/random-start.js";
export { type Wait, waitOf } from "./capacity/wait.js";
export type { Clock } from "./clock.js";
export { bounds, compose, type DecomposedId, decompose, type IdBounds, type IdSections, idAt } from "./codec.js";
export { ClockError, describeValue, type ErrorDetails, LayoutError, ParseError, ShardflakeError } from "./errors.js";
export { createGenerator, type Generator, type GeneratorStats } from "./generator.js";
export type { GeneratorOptions, SequenceStart } from "./generator-options.js";
export { type IdHalves, type IdWriter, idWriter, LOW_HALF } from "./id-writer.js";
export { defineLayout, type Layout, type LayoutOptions, tickAt, tickStartMs } from "./layout.js";
export { layoutNamed, type Presets, presets } from "./presets.js";
export { durationMsOf } from "./quantity/duration.js";
export { ratePerSecondOf } from "./quantity/rate.js";
export { sizeOf } from "./quantity/size.js";
export { countText, durationText, shareText } from "./quantity/text.js";
export { timeMsOf } from "./quantity/time.js";
export { tickOfReading } from "./reading.js";
export type { Run } from "./run.js";
export { type SteadyClock, type SteadyClockOptions, steadyClock } from "./steady-clock.js";
export { systemClock } from "./system-clock.js";
export { encodeBase32, parseBase32 } from "./text/base32.js";
export { encodeBase62, parseBase62 } from "./text/base62.js";
export { encodeDecimal, parseDecimal } from "./text/decimal.js";
export { fixedWindow, type Window } from "./window.js";
export { YEAR_MS } from "./year.js";
