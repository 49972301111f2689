import assert from "node:assert/strict";
import { test } from "node:test";
import { Queue, sameAnswer } from "../../../lms/web/assets/js/exam/queue.js";

function queue(known = []) {
  let count = 0;
  return new Queue(known, () => `key-${++count}`, "page");
}

/** What a server with one row a slot and revision makes of an entry. */
function serve(rows, entry) {
  const history = (rows[entry.slot] ??= []);
  const same = history.find((row) => row.key === entry.key);
  if (same) return { status: 200, revision: same.revision };
  const stored = history.at(-1) ?? { revision: 0, answer: null, flagged: false };
  if (entry.base !== stored.revision || entry.revision <= stored.revision) return { status: 409, stored };
  history.push(entry);
  return { status: 200, revision: entry.revision };
}

test("the first answer builds on what the page was written with", () => {
  const entry = queue([[1, 4]]).put(1, "a", false);
  assert.deepEqual([entry.revision, entry.base], [5, 4]);
});

test("answers that were never sent are replaced by newer ones, in place", () => {
  const q = queue();
  q.put(1, "a", false);
  q.put(2, "x", false);
  q.put(1, "b", true);
  assert.deepEqual(q.entries.map((entry) => [entry.slot, entry.answer, entry.revision, entry.base]), [
    [1, "b", 1, 0],
    [2, "x", 1, 0],
  ]);
});

test("a sent answer is repeated word for word, the newer one waits behind it", () => {
  const q = queue();
  const first = q.put(1, "a", false);
  q.markSent(first);
  q.put(1, "b", false);
  const last = q.put(1, "c", false);
  assert.equal(q.next(), first);
  assert.deepEqual([last.revision, last.base, q.entries.length], [2, 1, 2]);
});

test("a lost reply ends with the newest answer and no conflict", () => {
  const q = queue();
  const rows = {};
  const first = q.put(1, "a", false);
  q.markSent(first);
  serve(rows, first); // its reply is lost
  q.put(1, "b", false);
  while (q.next()) {
    const entry = q.next();
    q.markSent(entry);
    const reply = serve(rows, entry);
    assert.equal(reply.status, 200);
    assert.ok(q.acknowledge(entry, reply.revision));
  }
  assert.deepEqual(rows[1].map((row) => row.answer), ["a", "b"]);
});

test("only an acknowledgement of that revision or a newer one removes an answer", () => {
  const q = queue();
  const entry = q.put(1, "a", false);
  assert.equal(q.acknowledge(entry, 0), false);
  assert.equal(q.acknowledge(entry, undefined), false);
  assert.equal(q.acknowledge(entry, "soon"), false);
  assert.deepEqual(q.unsaved(), [1]);
  assert.equal(q.acknowledge(entry, 1), true);
  assert.deepEqual(q.unsaved(), []);
});

test("a conflict holds its slot, others go on, the learner's newest answer is shown", () => {
  const q = queue();
  const entry = q.put(1, "a", false);
  q.put(2, "x", false);
  assert.equal(q.conflict(entry, { revision: 3, answer: "z", flagged: false }), true);
  assert.equal(q.next().slot, 2);
  q.put(1, "b", false);
  assert.equal(q.latest(1).answer, "b");
  assert.deepEqual(q.unsaved(), [1, 2]);
});

test("keeping mine builds on what the server holds; taking the stored one leaves nothing to send", () => {
  const mine = queue();
  mine.conflict(mine.put(1, "a", true), { revision: 3, answer: "z", flagged: false });
  const kept = mine.keepMine(1);
  assert.deepEqual([kept.revision, kept.base, kept.answer, kept.flagged], [4, 3, "a", true]);
  assert.equal(mine.next(), kept);

  const theirs = queue();
  theirs.conflict(theirs.put(1, "a", false), { revision: 3, answer: "z", flagged: false });
  assert.equal(theirs.takeStored(1).answer, "z");
  assert.equal(theirs.next(), undefined);
  assert.deepEqual([theirs.put(1, "c", false).base, theirs.unsaved()], [3, [1]]);
});

test("a conflict with the same answer is none", () => {
  const q = queue();
  const entry = q.put(1, { b: false, a: true }, false);
  assert.equal(q.conflict(entry, { revision: 2, answer: { a: true, b: false }, flagged: false }), false);
  assert.deepEqual(q.unsaved(), []);
  assert.equal(q.put(1, null, false).base, 2);
});

test("a refused answer stays unsaved and unsent until it is changed", () => {
  const q = queue();
  const entry = q.put(1, "nonsense", false);
  q.markSent(entry);
  q.refuse(entry);
  assert.equal(q.next(), undefined);
  assert.deepEqual(q.unsaved(), [1]);
  const mended = q.put(1, "a", false);
  assert.equal(q.next(), mended);
  assert.deepEqual([mended.revision, mended.base, q.entries.length], [1, 0, 1]);
});

test("what another page load left is sent first, unchanged, and taken over once", () => {
  const left = { slot: 1, revision: 2, base: 1, key: "old", client: "gone", answer: "a", flagged: false };
  const q = queue([[1, 1]]);
  q.put(2, "x", false);
  assert.deepEqual(q.adopt([left]), [left]);
  assert.equal(q.next(), left);
  const newer = q.put(1, "b", false);
  assert.deepEqual([newer.revision, newer.base], [3, 2]);
  q.acknowledge(left, 2);
  assert.deepEqual(q.adopt([left]), []);
  assert.deepEqual(q.unsaved(), [1, 2]);
});

test("an acknowledged left answer does not take a newer page's answer with it", () => {
  const q = queue();
  q.put(1, "here", false);
  const left = { slot: 1, revision: 1, base: 0, key: "old", client: "gone", answer: "there", flagged: false };
  q.adopt([left]);
  q.acknowledge(left, 1);
  assert.equal(q.latest(1).answer, "here");
});

test("answers are equal whatever the order of keys, and nothing is null", () => {
  assert.ok(sameAnswer({ a: true, b: false }, { b: false, a: true }));
  assert.ok(sameAnswer(undefined, null));
  assert.ok(!sameAnswer(false, null));
  assert.ok(!sameAnswer(["a"], ["a", "b"]));
  assert.ok(!sameAnswer("true", true));
});

test("random edits, lost requests and lost replies: the server ends with the last answer of every slot", () => {
  let state = 7;
  const random = (below) => (state = (state * 1103515245 + 12345) % 2 ** 31) % below;
  for (let round = 0; round < 300; round++) {
    let q = queue();
    let keys = 0;
    q.newKey = () => `${round}-${++keys}`;
    const rows = {};
    const wanted = {};
    for (let step = 0; step < 40 || q.next(); step++) {
      if (step < 40 && random(3) === 0) {
        const slot = 1 + random(3);
        wanted[slot] = random(5);
        q.put(slot, wanted[slot], false);
      }
      if (step < 40 && random(9) === 0) {
        const known = Object.entries(rows).map(([slot, history]) => [Number(slot), history.at(-1).revision]);
        const left = q.entries; // a reload: the page knows what the server holds, the queue comes from the store
        q = new Queue(known, q.newKey, `page-${step}`);
        q.adopt(left);
      }
      const entry = q.next();
      if (!entry) continue;
      q.markSent(entry);
      if (step < 40 && random(4) === 0) continue; // the request is lost
      const reply = serve(rows, entry);
      if (step < 40 && random(4) === 0) continue; // the reply is lost
      assert.equal(reply.status, 200);
      assert.ok(q.acknowledge(entry, reply.revision));
    }
    for (const [slot, answer] of Object.entries(wanted)) assert.equal(rows[slot].at(-1).answer, answer);
  }
});
