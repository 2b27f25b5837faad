export { type AuditOptions, type AuditSource, auditStream } from "./audit-stream.js";
export { Auditor } from "./auditor.js";
export { createReader } from "./readers/create-reader.js";
export { ID_FORMATS, type IdFormat } from "./readers/id-format.js";
export type { IdReader, IdSink } from "./readers/id-reader.js";
export type { AuditReport, MachineCount } from "./report.js";
