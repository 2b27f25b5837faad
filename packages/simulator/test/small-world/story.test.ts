import { expect, it } from "vitest";
import { checkSmallWorld } from "../../src/small-world/check-small-world.js";
import { smallWorldStory } from "../../src/small-world/story.js";
import { mutants } from "./mutants.js";
import { playedIn, worlds } from "./worlds.js";

it("tells a line a step who did what, what the register became, and what was issued", () => {
  const bounds = worlds["a renewal"];
  const mutant = playedIn(mutants["compare only the generation instead of the whole record"], bounds);
  const { counterexample } = checkSmallWorld(mutant, bounds);
  expect(`\n${smallWorldStory(mutant, counterexample!)}\n`).toMatchInlineSnapshot(`
    "
      1  A  keeper asks for the register; sends a read
      2  A  store carries out the read
      3  A  keeper hears: the register is untouched; its clock reads tick 1; sends acquire, expecting version 0: {generation 1 held by A, window (0, 2]}
      4  A  store carries out the acquire; register untouched -> v1 {generation 1 held by A, window (0, 2]}
      5  A  keeper hears: done; its clock reads tick 3; sends extend, expecting version 1: {generation 1 held by A, window (0, 4]}; has generation 1, window (0, 2]
      6  B  keeper asks for the register; sends a read
      7  B  store carries out the read
      8  A  store carries out the extend; register v1 {generation 1 held by A, window (0, 2]} -> v2 {generation 1 held by A, window (0, 4]}
      9  A  keeper hears: done; its clock reads tick 1; limit of generation 1 rises to 4
     10  A  thread of generation 1 wants tick 3: load limit = 4
     11  A  thread of generation 1: store last = 3
     12  A  thread of generation 1: load owner = 1 and ISSUES ticks 1 to 3
     13  B  keeper hears: the register is v1 {generation 1 held by A, window (0, 2]}, claim lapsed; its clock reads tick 3; sends acquire, expecting version 1: {generation 2 held by B, window (2, 4]}
     14  B  store carries out the acquire; register v2 {generation 1 held by A, window (0, 4]} -> v3 {generation 2 held by B, window (2, 4]}
     15  B  keeper hears: done; its clock reads tick 1; has generation 2, window (2, 4]
     16  B  thread of generation 2 wants tick 3: load limit = 4
     17  B  thread of generation 2: store last = 3
     18  B  thread of generation 2: load owner = 2 and ISSUES tick 3
         DUPLICATE: tick 3 is issued by generation 2, and was by generation 1.
    "
  `);
});

it("tells what became of a horizon", () => {
  const mutant = mutants["start below a mark that was written meanwhile"];
  const { counterexample } = checkSmallWorld(mutant, worlds["a horizon, a newcomer"]);
  expect(`\n${smallWorldStory(mutant, counterexample!)}\n`).toMatchInlineSnapshot(`
    "
      1  A  keeper asks for the register; sends a read
      2  A  store carries out the read
      3  A  keeper hears: the register is untouched; its clock reads tick 1; sends acquire, expecting version 0: {generation 1 held by A, window (1, 2]}
      4  B  keeper is asked for the horizon, its clock reads tick 1; sends a read
      5  B  store carries out the read
      6  B  keeper hears: the register is untouched; its clock reads tick 3; sends the mark 3
      7  B  store carries out the write of the mark
      8  B  keeper hears: done; its clock reads tick 1; sends a read
      9  B  store carries out the read
     10  A  store carries out the acquire; register untouched -> v1 {generation 1 held by A, window (1, 2]}
     11  A  keeper hears: done; its clock reads tick 1; sends a read
     12  A  store carries out the read
     13  A  keeper hears: the register is v1 {generation 1 held by A, window (1, 2]}, the mark is 3; its clock reads tick 1; has generation 1, window (1, 2]
     14  A  thread of generation 1 wants tick 3: load limit = 2
     15  A  thread of generation 1: store last = 2
     16  A  thread of generation 1: load owner = 1
     17  B  keeper hears: the register is untouched, the mark is 3; its clock reads tick 1; is told the horizon 3
     18  A  thread of generation 1: load floor = 1 and ISSUES tick 2
         BELOW THE HORIZON: generation 1 issues tick 2 after somebody was told 3.
    "
  `);
});
