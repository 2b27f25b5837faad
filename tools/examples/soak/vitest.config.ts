import { defineConfig } from "vitest/config";

/** What takes minutes, apart from the tests: `npm run soak`. */
export default defineConfig({
  test: { include: ["soak/**/*.soak.ts"], testTimeout: 24 * 3_600_000, fileParallelism: false },
});
