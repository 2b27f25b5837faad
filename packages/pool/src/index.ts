export type { Register } from "./register/register.js";
