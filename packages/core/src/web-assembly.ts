interface Memory {
  readonly buffer: ArrayBuffer;
}

/** What an engine has of it; no library of browsers or of Node is asked for. */
declare const WebAssembly: {
  readonly Memory: new (size: { readonly initial: number }) => Memory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

const PAGE_BYTES = 65_536;

/** A module at work on memory of its own. */
export interface OpenWebAssembly<Exports> {
  readonly buffer: ArrayBuffer;
  readonly exports: Exports;
}

/**
 * Opens a module that imports `host.memory` and nothing else, on at least so many bytes of new memory. `undefined` where
 * there is no WebAssembly, or none with vectors, or a policy forbids it, or memory is short.
 *
 * @param hex its bytes as hexadecimal digits
 * @typeParam Exports what the module exports, as the caller knows it
 */
export function openWebAssembly<Exports>(hex: string, bytes: number): OpenWebAssembly<Exports> | undefined {
  try {
    const code = Uint8Array.from(hex.match(/../g)!, (byte) => Number.parseInt(byte, 16));
    const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE_BYTES) });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(code), { host: { memory } });
    return { buffer: memory.buffer, exports: exports as Exports };
  } catch {
    return undefined;
  }
}
