export { decompose } from "@shardflake/core";
