/**
 * How long a tick that nobody spent stays spendable, in milliseconds. A batch is one request: a thread that gets no
 * processor for a while loses no tick of it, up to the time after which a shard counts as silent. In a stream every
 * chunk is a request, and its IDs are about as old as the reader's last look.
 */
export const SPENDABLE_MS = { batch: 1000, stream: 100 } as const;
