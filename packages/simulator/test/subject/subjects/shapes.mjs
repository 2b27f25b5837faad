/** Issues the same kind of ID in every shape, and now and then none. */
export default function create({ layout }) {
  const id = () => BigInt(Date.now() - layout.epochMs) << 22n;
  const shapes = [
    () => id(),
    () => id().toString(),
    () => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64BE(id());
      return bytes;
    },
    () => new Uint8Array(shapes[2]()),
    () => Number(id()),
    async () => id(),
    () => 2n ** 64n,
    () => "0x12",
  ];
  let turn = 0;
  return { next: () => shapes[turn++ % shapes.length]() };
}
