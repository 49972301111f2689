import assert from "node:assert/strict";
import { test } from "node:test";
import { Drafts } from "../../../lms/web/assets/js/exam/drafts.js";

function stage(context) {
  let now = 0;
  context.mock.method(performance, "now", () => now);
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const committed = [];
  const drafts = new Drafts((slot) => committed.push([slot, now]));
  const pass = (milliseconds) => {
    for (let step = 0; step < milliseconds; step += 100) {
      now += 100;
      context.mock.timers.tick(100);
    }
  };
  return { drafts, committed, pass };
}

test("text is handed on after two idle seconds", (context) => {
  const { drafts, committed, pass } = stage(context);
  drafts.touch(1);
  pass(1_500);
  drafts.touch(1);
  pass(1_900);
  assert.deepEqual([committed, drafts.slots], [[], [1]]);
  pass(200);
  assert.deepEqual([committed, drafts.slots], [[[1, 3_500]], []]);
});

test("somebody who never pauses is saved all the same", (context) => {
  const { drafts, committed, pass } = stage(context);
  for (let second = 0; second < 20; second++) {
    drafts.touch(1);
    pass(1_000);
  }
  assert.equal(committed.length, 1);
  assert.ok(committed[0][1] <= 15_000);
});

test("leaving hands everything on at once, and only once", (context) => {
  const { drafts, committed, pass } = stage(context);
  drafts.touch(1);
  drafts.touch(2);
  drafts.flushAll();
  drafts.flush(1);
  pass(20_000);
  assert.deepEqual(committed, [[1, 0], [2, 0]]);
});
