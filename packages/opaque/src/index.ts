export { type OpaqueIds, type OpaqueOptions, opaqueIds } from "./opaque-ids.js";
