export { type Listening, startServer } from "./server.js";
export { type Access, isLoopback, type ServerOptions } from "./server-options.js";
