import * as v from "valibot";

/**
 * A finite number from `least` to `most`. Like all schemas of a scenario, its messages only say what is expected: where
 * and what was found is added once, by parseScenario.
 */
export function numberFrom(least: number, most: number): v.GenericSchema<unknown, number> {
  const expected = least === most ? `${least}` : `a number from ${least} to ${most}`;
  return v.pipe(v.number(expected), v.finite(expected), v.minValue(least, expected), v.maxValue(most, expected));
}

/** An integer from `least` to `most`. */
export function integerFrom(least: number, most: number): v.GenericSchema<unknown, number> {
  const expected = `an integer from ${least} to ${most}`;
  return v.pipe(v.number(expected), v.integer(expected), v.minValue(least, expected), v.maxValue(most, expected));
}

/** One of these words. */
export function oneOf<const Word extends string>(...words: readonly Word[]): v.GenericSchema<unknown, Word> {
  return v.picklist(words, words.map((word) => `"${word}"`).join(" or "));
}
