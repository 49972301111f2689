import assert from "node:assert/strict";
import { test } from "node:test";
import { Clock, crossed, formatRemaining } from "../../../lms/web/assets/js/exam/clock.js";

test("remaining time comes from the server's clock and the time that passed since", () => {
  const clock = new Clock(1_000_000);
  clock.observe(400_000, 1_000, 1_000);
  assert.equal(clock.remaining(1_000), 600_000);
  assert.equal(clock.remaining(61_000), 540_000);
  assert.equal(clock.remaining(700_000), -99_000);
});

test("a slow exchange never widens what a quick one told", () => {
  const clock = new Clock(1_000_000);
  clock.observe(500_000, 0, 8_000); // somewhere between 492 and 500 s ahead
  clock.observe(510_000, 12_000, 12_100); // between 497.9 and 498
  clock.observe(520_000, 20_000, 29_000);
  assert.ok(Math.abs(1_000_000 - (30_000 + 497_950) - clock.remaining(30_000)) <= 50);
});

test("after a sleep of the machine the newest exchange wins", () => {
  const clock = new Clock(1_000_000);
  clock.observe(100_000, 0, 100);
  clock.observe(400_000, 5_000, 5_100); // 5 s by our clock, 300 s by the server's
  assert.ok(Math.abs(clock.remaining(5_100) - 600_000) <= 100);
});

test("a reply without a time changes nothing", () => {
  const clock = new Clock(10_000);
  clock.observe(1_000, 0, 0);
  clock.observe(undefined, 5, 6);
  assert.equal(clock.remaining(0), 9_000);
});

test("extra time moves the deadline and says by how much", () => {
  const clock = new Clock(10_000);
  clock.observe(0, 0, 0);
  assert.equal(clock.setDeadline(undefined), 0);
  assert.equal(clock.setDeadline(10_000), 0);
  assert.equal(clock.setDeadline(70_000), 60_000);
  assert.equal(clock.remaining(0), 70_000);
  assert.equal(clock.setDeadline(40_000), -30_000);
  assert.equal(clock.setDeadline(null), Infinity);
  assert.equal(clock.remaining(0), Infinity);
  assert.equal(clock.setDeadline(5_000), -Infinity);
});

test("no limit, no end", () => {
  assert.equal(new Clock(null).remaining(1e12), Infinity);
});

test("a started second counts whole and nothing is below zero", () => {
  assert.equal(formatRemaining(59_001), "1:00");
  assert.equal(formatRemaining(42 * 60_000 + 17_000), "42:17");
  assert.equal(formatRemaining(3_600_000 + 5 * 60_000 + 9_000), "1:05:09");
  assert.equal(formatRemaining(1), "0:01");
  assert.equal(formatRemaining(-5_000), "0:00");
});

test("a warning is due once, and the nearest one after a jump", () => {
  const marks = [300_000, 60_000];
  assert.equal(crossed(marks, 300_400, 299_900), 300_000);
  assert.equal(crossed(marks, 299_900, 299_400), null);
  assert.equal(crossed(marks, 400_000, 50_000), 60_000);
  assert.equal(crossed(marks, 50_000, 400_000), null);
});
