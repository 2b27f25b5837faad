/** IDs in SQL: what databases need to read them. Apart from the rest, so that whoever only issues IDs does not load it. */
export { SQL_DIALECTS, type SqlTarget, sqlScript } from "./sql-script.js";
