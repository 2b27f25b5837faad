/** What an engine has of it; no library of browsers or of Node is asked for. */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
};

/**
 * The exports of a module that imports nothing, from its bytes as hexadecimal digits; the caller says what they are.
 * `undefined` where there is no WebAssembly, or none with vectors, or a policy forbids it, or memory is short.
 */
export function openWebAssembly<Exports>(hex: string): Exports | undefined {
  try {
    const bytes = Uint8Array.from(hex.match(/../g)!, (byte) => Number.parseInt(byte, 16));
    return new WebAssembly.Instance(new WebAssembly.Module(bytes)).exports as Exports;
  } catch {
    return undefined;
  }
}
