import { defineLayout, describeValue, type LayoutOptions } from "@shardflake/core";
import type { CreateSubject, IdKind } from "../subject.js";

/** A subject as its module declares it, nothing left open. */
export interface DeclaredSubject {
  readonly create: CreateSubject;
  readonly layout: LayoutOptions;
  readonly idKind: IdKind;
}

/**
 * The subject in what a module exports; a CommonJS module may export an object or the function alone.
 *
 * @throws TypeError when that is no subject, LayoutError when its layout cannot exist
 */
export function subjectInModule(namespace: Readonly<Record<string, unknown>>): DeclaredSubject {
  const inner = namespace.default;
  const exports =
    typeof inner === "function" ? namespace : ({ ...(inner as object) } as Readonly<Record<string, unknown>>);
  const { default: create, layout = {}, idKind = "number" } = exports;
  if (typeof create !== "function") {
    throw new TypeError(
      `Expected the default export to be a function create({ clock, layout, datacenterId, machineId }), got ${describeValue(create)}.`,
    );
  }
  if (idKind !== "number" && idKind !== "text") {
    throw new TypeError(`Expected the export \`idKind\` to be "number" or "text", got ${describeValue(idKind)}.`);
  }
  defineLayout(layout as LayoutOptions);
  return { create: create as CreateSubject, layout: layout as LayoutOptions, idKind };
}
