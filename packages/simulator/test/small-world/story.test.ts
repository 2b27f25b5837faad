import { expect, it } from "vitest";
import { checkSmallWorld } from "../../src/small-world/check-small-world.js";
import { smallWorldStory } from "../../src/small-world/story.js";
import { mutants } from "./mutants.js";
import { worlds } from "./worlds.js";

it("tells a line a step who did what, what the register became, and what was issued", () => {
  const mutant = mutants["compare only the generation instead of the whole record"];
  const { counterexample } = checkSmallWorld(mutant, worlds["a renewal"]);
  expect(`\n${smallWorldStory(mutant, counterexample!)}\n`).toMatchInlineSnapshot(`
    "
      1  A  keeper asks for the register; sends a read
      2  A  store carries out the read
      3  A  keeper hears: the register is untouched; its clock reads tick 1; sends acquire, expecting version 0: {generation 1 held by A, window (0, 2]}
      4  A  store carries out the acquire; register untouched -> v1 {generation 1 held by A, window (0, 2]}
      5  A  keeper hears: done; its clock reads tick 1; sends a read
      6  A  store carries out the read
      7  A  keeper hears: the register is v1 {generation 1 held by A, window (0, 2]}; its clock reads tick 3; sends extend, expecting version 1: {generation 1 held by A, window (0, 4]}; has generation 1, window (0, 2]
      8  B  keeper asks for the register; sends a read
      9  B  store carries out the read
     10  A  store carries out the extend; register v1 {generation 1 held by A, window (0, 2]} -> v2 {generation 1 held by A, window (0, 4]}
     11  A  keeper hears: done; its clock reads tick 1; limit of generation 1 rises to 4
     12  A  thread of generation 1 wants tick 3: load limit = 4
     13  A  thread of generation 1: store last = 3
     14  A  thread of generation 1: load owner = 1 and ISSUES ticks 1 to 3
     15  B  keeper hears: the register is v1 {generation 1 held by A, window (0, 2]}, claim lapsed; its clock reads tick 3; sends acquire, expecting version 1: {generation 2 held by B, window (2, 4]}
     16  B  store carries out the acquire; register v2 {generation 1 held by A, window (0, 4]} -> v3 {generation 2 held by B, window (2, 4]}
     17  B  keeper hears: done; its clock reads tick 1; sends a read
     18  B  store carries out the read
     19  B  keeper hears: the register is v3 {generation 2 held by B, window (2, 4]}; its clock reads tick 1; has generation 2, window (2, 4]
     20  B  thread of generation 2 wants tick 3: load limit = 4
     21  B  thread of generation 2: store last = 3
     22  B  thread of generation 2: load owner = 2 and ISSUES tick 3
         DUPLICATE: tick 3 is issued by generation 2, and was by generation 1.
    "
  `);
});
