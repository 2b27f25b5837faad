/** What a child process is: the module of its role, a factory in it, and structured-cloneable options. */
export interface RoleSpec {
  readonly module: string;
  readonly export: string;
  readonly options: unknown;
}

/** From the command to a process it started. */
export type ToChild =
  | { readonly kind: "open"; readonly role: RoleSpec }
  | { readonly kind: "ask"; readonly id: number; readonly request: unknown }
  /** Sets its wall clock off from the host's. */
  | { readonly kind: "set-clock"; readonly id: number; readonly offsetMs: number }
  /** Ends it in good order: what it holds is given back. */
  | { readonly kind: "close" };

/** From a process to the command that started it. */
export type FromChild =
  | { readonly kind: "opened"; readonly answer: unknown }
  | { readonly kind: "answer"; readonly id: number; readonly answer: unknown }
  | { readonly kind: "failure"; readonly id: number; readonly message: string }
  | { readonly kind: "event"; readonly event: unknown }
  /** It could not be opened; it ends by itself. */
  | { readonly kind: "broken"; readonly message: string };
