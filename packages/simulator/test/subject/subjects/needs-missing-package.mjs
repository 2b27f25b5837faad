const name = "shardflake-test-package-that-is-not-there";
await import(name);

export default () => ({ next: () => 1n });
