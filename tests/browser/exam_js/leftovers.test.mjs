import assert from "node:assert/strict";
import { test } from "node:test";
import { sendAnswers } from "../../../lms/web/assets/js/exam/leftovers.js";

const entry = (slot, revision, answer, key = `${slot}.${revision}`) => ({ slot, revision, base: revision - 1, key, client: "page", answer, flagged: false });

/** A server that answers by a script, and what it was sent. */
function server(script) {
  const sent = [];
  const post = async (one) => {
    sent.push(one.key);
    const next = script.shift() ?? 200;
    return next === 200 ? { status: 200, body: { revision: one.revision } } : typeof next === "number" ? { status: next, body: null } : next;
  };
  return { sent, post };
}

const keys = (entries) => entries.map((one) => one.key);

test("everything is sent in order, word for word", async () => {
  const { sent, post } = server([]);
  const fate = await sendAnswers([entry(2, 1, "a"), entry(1, 2, "b"), entry(1, 1, "c")], post);
  assert.deepEqual(sent, ["1.1", "1.2", "2.1"]);
  assert.deepEqual([fate.waiting, fate.differing, fate.lost], [[], [], []]);
});

test("an acknowledgement of an older revision settles nothing", async () => {
  const { post } = server([{ status: 200, body: { revision: 0 } }]);
  assert.deepEqual(keys((await sendAnswers([entry(1, 1, "a")], post)).waiting), ["1.1"]);
});

test("a dead network is tried once, and all the rest waits", async () => {
  const { sent, post } = server([200, 0]);
  const fate = await sendAnswers([entry(1, 1, "a"), entry(2, 1, "b"), entry(3, 1, "c")], post);
  assert.deepEqual(sent, ["1.1", "2.1"]);
  assert.deepEqual(keys(fate.waiting), ["2.1", "3.1"]);
});

test("where the server holds something else the learner has to choose, and later answers of that question wait", async () => {
  const stored = { revision: 5, answer: "z", flagged: false };
  const { sent, post } = server([{ status: 409, body: { stored } }]);
  const fate = await sendAnswers([entry(1, 1, "a"), entry(1, 2, "b"), entry(2, 1, "c")], post);
  assert.deepEqual(sent, ["1.1", "2.1"]);
  assert.deepEqual(keys(fate.differing), ["1.1", "1.2"]);
});

test("where the server holds the same nothing is left to choose", async () => {
  const stored = { revision: 5, answer: "b", flagged: false };
  const { sent, post } = server([{ status: 409, body: { stored } }]);
  const fate = await sendAnswers([entry(1, 1, "a"), entry(1, 2, "b")], post);
  assert.deepEqual(sent, ["1.1"]);
  assert.deepEqual(fate.differing, []);
});

test("what a closed paper takes no more is lost, and nothing further is sent", async () => {
  const { sent, post } = server([200, 410]);
  const fate = await sendAnswers([entry(1, 1, "a"), entry(2, 1, "b"), entry(3, 1, "c")], post);
  assert.deepEqual(sent, ["1.1", "2.1"]);
  assert.deepEqual(keys(fate.lost), ["2.1", "3.1"]);
});
