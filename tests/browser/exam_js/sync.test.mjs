import assert from "node:assert/strict";
import { test } from "node:test";
import { Queue } from "../../../lms/web/assets/js/exam/queue.js";
import { BACKOFF, Sync } from "../../../lms/web/assets/js/exam/sync.js";

/** A Sync whose server answers by a script: a status, a reply, or an Error for a dead network. */
function stage(script = []) {
  const log = { sent: [], waits: [], told: [], states: [], order: [] };
  let keys = 0;
  const queue = new Queue([], () => `key-${++keys}`, "page");
  const sync = new Sync({
    queue,
    post: async (entry) => {
      log.order.push(`post ${entry.key}`);
      log.sent.push(entry);
      const next = script.length ? script.shift() : 200;
      if (next instanceof Error) throw next;
      if (typeof next === "function") return next(entry);
      if (next === 200) return { status: 200, body: { slot: entry.slot, revision: entry.revision } };
      return typeof next === "number" ? { status: next, body: null } : next;
    },
    persist: async () => log.order.push(`persist ${queue.entries.map((entry) => entry.key)}`),
    wait: async (seconds) => log.waits.push(seconds),
    tell: (what, detail) => {
      log.told.push([what, detail]);
      log.states.push(sync.state);
    },
    random: () => 0.5,
  });
  return { queue, sync, log };
}

const told = (log, what) => log.told.filter(([name]) => name === what);

test("an answer is kept on the machine before it is sent, and forgotten after its acknowledgement", async () => {
  const { queue, sync, log } = stage();
  queue.put(1, "a", false);
  await sync.kick();
  assert.deepEqual(log.order, ["persist key-1", "post key-1", "persist "]);
  assert.equal(sync.state, "idle");
});

test("one at a time, in order", async () => {
  const { queue, sync, log } = stage();
  let flying = 0;
  const post = sync.post;
  sync.post = async (entry) => {
    assert.equal(++flying, 1);
    await new Promise((resolve) => setTimeout(resolve, 2));
    flying--;
    return post(entry);
  };
  for (const slot of [3, 1, 2]) queue.put(slot, "a", false);
  await Promise.all([sync.kick(), sync.kick()]);
  assert.deepEqual(log.sent.map((entry) => entry.slot), [3, 1, 2]);
});

test("no reply, 429, 500 and 503 are tried again ever more slowly, with the same key", async () => {
  const { queue, sync, log } = stage([new Error("down"), 503, 429, 500, new Error("down"), 503]);
  queue.put(1, "a", false);
  await sync.kick();
  assert.deepEqual(log.waits, [...BACKOFF, 15]);
  assert.equal(new Set(log.sent.map((entry) => entry.key)).size, 1);
  assert.ok(log.states.includes("offline") && log.states.includes("busy"));
  assert.deepEqual(queue.unsaved(), []);
});

test("the server may ask for more patience", async () => {
  const { queue, sync, log } = stage([{ status: 429, body: null, retryAfter: 30 }]);
  queue.put(1, "a", false);
  await sync.kick();
  assert.deepEqual(log.waits, [30]);
});

test("a 200 that says nothing, or acknowledges less, is no acknowledgement", async () => {
  const { queue, sync, log } = stage([{ status: 200, body: null }, { status: 200, body: { revision: 0 } }]);
  queue.put(1, "a", false);
  await sync.kick();
  assert.equal(log.sent.length, 3);
  assert.equal(told(log, "saved").length, 1);
});

test("an answer given while another is on its way follows it", async () => {
  const { queue, sync, log } = stage([
    (entry) => {
      queue.put(1, "b", false);
      queue.put(1, "c", false);
      return { status: 200, body: { revision: entry.revision } };
    },
  ]);
  queue.put(1, "a", false);
  await sync.kick();
  assert.deepEqual(log.sent.map(({ answer, revision, base }) => [answer, revision, base]), [["a", 1, 0], ["c", 2, 1]]);
});

test("409 asks the learner once and lets the rest through", async () => {
  const stored = { revision: 4, answer: "z", flagged: false };
  const { queue, sync, log } = stage([{ status: 409, body: { error: "stale", stored } }]);
  queue.put(1, "a", false);
  queue.put(2, "b", false);
  await sync.kick();
  assert.deepEqual(told(log, "conflict"), [["conflict", 1]]);
  assert.deepEqual(queue.unsaved(), [1]);
  queue.keepMine(1);
  await sync.kick();
  assert.deepEqual([log.sent.at(-1).revision, log.sent.at(-1).base], [5, 4]);
  assert.deepEqual(queue.unsaved(), []);
});

test("422 leaves that answer unsaved and goes on", async () => {
  const { queue, sync, log } = stage([422]);
  queue.put(1, "a", false);
  queue.put(2, "b", false);
  await sync.kick();
  assert.deepEqual(told(log, "invalid"), [["invalid", 1]]);
  assert.deepEqual(queue.unsaved(), [1]);
});

test("410 stops for good and keeps what was not saved", async () => {
  const { queue, sync, log } = stage([{ status: 410, body: { error: "closed", url: "/done" } }]);
  queue.put(1, "a", false);
  queue.put(2, "b", false);
  await sync.kick();
  await sync.kick();
  sync.retryNow();
  assert.deepEqual(told(log, "closed"), [["closed", { error: "closed", url: "/done" }]]);
  assert.equal(log.sent.length, 1);
  assert.deepEqual(queue.unsaved(), [1, 2]);
});

test("401 keeps trying; 403 and 404 stop; 400 with a fresh token is another chance", async () => {
  const signedOut = stage([401, 401]);
  signedOut.queue.put(1, "a", false);
  await signedOut.sync.kick();
  assert.ok(signedOut.log.states.includes("signed_out"));
  assert.deepEqual(signedOut.queue.unsaved(), []);
  for (const status of [400, 403, 404]) {
    const { queue, sync, log } = stage([status]);
    queue.put(1, "a", false);
    await sync.kick();
    assert.equal(sync.state, "refused");
    assert.deepEqual([queue.unsaved(), log.sent.length], [[1], 1]);
  }
  const renewed = stage([{ status: 400, body: { csrf_token: "fresh" } }]);
  renewed.queue.put(1, "a", false);
  await renewed.sync.kick();
  assert.deepEqual(renewed.queue.unsaved(), []);
});

test("the network's return ends the waiting", async () => {
  const { queue, sync, log } = stage([new Error("down")]);
  sync.wait = (seconds, wake) => {
    log.waits.push(seconds);
    return wake;
  };
  queue.put(1, "a", false);
  const done = sync.kick();
  await new Promise((resolve) => setTimeout(resolve, 5));
  assert.deepEqual([sync.state, log.sent.length], ["offline", 1]);
  sync.retryNow();
  await done;
  assert.deepEqual([sync.state, log.sent.length], ["idle", 2]);
});
