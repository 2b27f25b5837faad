import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { cannotLoad } from "../../src/subject/cannot-load.js";

const NAME = "shardflake-test-package-that-is-not-there";
const FOUND = { href: "", ready: { name: NAME, packageName: NAME, version: "1.2.3", adapter: NAME } };

/** What Node says of a package that is not there; the test runner would say it otherwise. */
function saidOf(name: string): { readonly kind: "unloadable"; readonly code: string; readonly message: string } {
  const script = `import(${JSON.stringify(name)}).catch(({ code, message }) => console.log(JSON.stringify({ code, message })))`;
  return { kind: "unloadable", ...JSON.parse(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" })) };
}

test("a package that is missing is named, with the command that installs it", () => {
  const error = cannotLoad(FOUND, NAME, saidOf(NAME));
  expect(error.code).toBe("SUBJECT_NOT_INSTALLED");
  expect(error.message).toContain(`npm install --save-dev ${NAME}@1.2.3`);
});

test("something else that a package needs and does not find is not that", () => {
  expect(cannotLoad(FOUND, NAME, saidOf("another-package-that-is-not-there")).code).toBe("SUBJECT_INVALID");
});
