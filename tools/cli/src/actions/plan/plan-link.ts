import { linkFor } from "@shardflake/planner/link";
import type { PlanOptions } from "../../commands/plan.js";
import { parseLayout } from "../../values/layout.js";
import { firstLayout } from "./first-layout.js";
import { parsePlanRequest } from "./request.js";

/**
 * The link of the plan that the options ask about: of the layout that was given, or of the first one that can do what is
 * needed. Without a rate there is no load to plan for, and the page has its own.
 *
 * @throws as {@link parsePlanRequest}
 */
export function planLink(options: PlanOptions): string {
  if (options.rate === undefined) return linkFor(parseLayout(options.layout, options.epoch), undefined);
  const request = parsePlanRequest(options);
  const layout = request.kind === "layout" ? request.layout : firstLayout(request);
  return linkFor(layout, request.load);
}
