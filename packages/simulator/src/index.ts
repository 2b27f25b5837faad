export { type AuditOptions, type AuditSource, auditStream } from "./audit/audit-stream.js";
export { Auditor } from "./audit/auditor.js";
export { createReader } from "./audit/readers/create-reader.js";
export { ID_FORMATS, type IdFormat } from "./audit/readers/id-format.js";
export type { IdReader, IdSink } from "./audit/readers/id-reader.js";
export type { AuditReport, MachineCount } from "./audit/report.js";
