/** Which Uint32 element of a 64-bit element holds the low half: depends on the machine's byte order. */
export const LOW_HALF: 0 | 1 = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 0 : 1;
