/**
 * What a layout gives under a load. Apart from the rest, so that whoever only issues IDs does not load it: each thread
 * would by itself.
 */
export { type Backlog, backlogOf } from "./backlog.js";
export { type Burst, burstOf } from "./burst.js";
export { type Capacity, capacityOf, type Load } from "./capacity.js";
export { type Choice, type Choices, chooseLayout } from "./choice/choose-layout.js";
export type { Headroom } from "./choice/headroom.js";
export type { Miss } from "./choice/misses.js";
export type { Win, Winner } from "./choice/rank.js";
export type { RequirementName, Requirements } from "./choice/requirements.js";
export type { SectionLengths } from "./choice/section-lengths.js";
export { crashesPerHour } from "./churn.js";
export {
  collisionProbability,
  uuidV4CollisionProbability,
  uuidV7CollisionProbability,
} from "./collision.js";
export { type Disorder, disorderOf } from "./disorder.js";
export { type Exhaustion, exhaustionOf } from "./exhaustion.js";
export { lifetimeYears, type NumberMargin, numberMargin } from "./lifetime.js";
export { randomStartLoss } from "./random-start.js";
export { type Wait, waitOf } from "./wait.js";
