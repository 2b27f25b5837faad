import { MANY_CLIENTS } from "../load/run-load.js";
import type { Design, DesignName } from "./design.js";
import { multiMasterDesign } from "./multi-master/design.js";
import { snowflakeDesign } from "./snowflake/design.js";
import { ticketDesign, ticketPairDesign } from "./ticket/design.js";
import { uuidDesign } from "./uuid/design.js";

/** Seats for as many clients of servers as there ever are. */
const SEATS: readonly number[] = Array.from({ length: MANY_CLIENTS }, (_, seat) => seat);

/** Every column, in the order of the table. */
export const DESIGNS: readonly Design[] = [
  multiMasterDesign(SEATS),
  uuidDesign(4),
  uuidDesign(7),
  ticketDesign("one at a time", SEATS),
  ticketDesign("segments", SEATS),
  ticketPairDesign(SEATS),
  snowflakeDesign("one process"),
  snowflakeDesign("several processes"),
];

export const DESIGN_NAMES: readonly DesignName[] = DESIGNS.map(({ name }) => name);
