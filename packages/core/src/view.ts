import { describeValue, ShardflakeError } from "./errors.js";

/**
 * The Uint32 halves of an array that is to be filled. Another view would take halves of IDs for its own elements, or be
 * written beyond its end. An array of another realm is fine, so its class is not compared.
 *
 * @throws ShardflakeError `OPTION_INVALID` when it is no BigUint64Array
 */
export function halvesOf(view: BigUint64Array): Uint32Array {
  if (Object.prototype.toString.call(view) === "[object BigUint64Array]") {
    return new Uint32Array(view.buffer, view.byteOffset, view.length * 2);
  }
  throw new ShardflakeError("OPTION_INVALID", `Expected \`view\` to be a BigUint64Array, got ${describeValue(view)}.`);
}
