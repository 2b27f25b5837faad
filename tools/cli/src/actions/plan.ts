import { capacityOf, chooseLayout } from "@shardflake/core/capacity";
import type { PlanOptions } from "../commands/plan.js";
import type { CommandContext } from "../context.js";
import { ExitCode } from "../exit.js";
import { openOutput } from "../output.js";
import { capacityJson, sectionsJson } from "./plan/capacity-json.js";
import { choicesJson } from "./plan/choices-json.js";
import { firstLayout } from "./plan/first-layout.js";
import { type PlanRequest, parsePlanRequest } from "./plan/request.js";

/** Answers what a layout gives, or which layouts can do what is needed. */
export async function plan(options: PlanOptions, context: CommandContext): Promise<void> {
  const { signal, setExitCode } = context;
  if (options.open) {
    const { planLink } = await import("./plan/plan-link.js");
    const { openPage } = await import("./plan/open-page.js");
    await openPage(planLink(options), signal);
    return;
  }
  const request = parsePlanRequest(options);
  if (options.validate) return await validatePlan(request, options, context);
  const output = openOutput();
  const write = (document: object, text: () => string): Promise<void> =>
    output.write(options.json ? `${JSON.stringify(document)}\n` : text());
  if (request.kind === "layout") {
    const { layout, load } = request;
    const capacity = capacityOf(layout, load);
    const { capacityTable } = await import("./plan/capacity-table.js");
    await write({ question: "layout", ...capacityJson(layout, load, capacity) }, () =>
      capacityTable(layout, load, capacity),
    );
    return;
  }
  const choices = chooseLayout(request.requirements);
  const { choicesTable } = await import("./plan/choices-table.js");
  await write(choicesJson(request, choices), () => choicesTable(request, choices));
  if (choices.kind === "none") setExitCode(ExitCode.violation);
}

/** Of the layout that was given, or of the first one that can do what is needed. */
async function validatePlan(
  request: PlanRequest,
  options: PlanOptions,
  { signal, setExitCode }: CommandContext,
): Promise<void> {
  const layout = request.kind === "layout" ? request.layout : firstLayout(request);
  const { validate } = await import("./plan/validate.js");
  const { validationTable } = await import("./plan/validation-table.js");
  const comparisons = await validate(layout, request.load, signal);
  const document = { question: "validate", layout: sectionsJson(layout), comparisons };
  await openOutput().write(options.json ? `${JSON.stringify(document)}\n` : validationTable(comparisons));
  const doAllAgree = comparisons.every(
    ({ simulatedAgrees, measuredAgrees }) => simulatedAgrees && measuredAgrees !== false,
  );
  if (!doAllAgree) setExitCode(ExitCode.violation);
}
