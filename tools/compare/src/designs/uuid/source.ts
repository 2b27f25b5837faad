import { v4, v7 } from "uuid";
import type { Client, Source } from "../../source/source.js";

/** What {@link openUuidSource} takes. */
export interface UuidOptions {
  readonly version: 4 | 7;
}

/** UUIDs are made in the process that needs them. The seat is the process's own number. */
export async function openUuidSource({ version }: UuidOptions): Promise<Source> {
  const make = version === 4 ? () => v4() : () => v7();
  return {
    connect: (seat): Client => ({
      server: seat,
      next: make,
      take: async (count) => Array.from({ length: count }, make),
    }),
    roundTrips: async () => 0,
    tell: () => {},
    close: async () => {},
  };
}
