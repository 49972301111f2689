/**
 * Remaining time by the server's clock. Pure: the caller passes a monotonic time in milliseconds
 * (`performance.now()`); the device's own date is never asked.
 *
 * Each reply bounds the difference between the two clocks: the server wrote its time after the request left and
 * before the reply came. Bounds are narrowed by every exchange; where they contradict (the monotonic clock stands
 * still while a phone sleeps), the newest exchange wins.
 */
export class Clock {
  #low = -Infinity;
  #high = Infinity;

  /** @param {number | null} deadline  server time in ms, null for a paper without a limit */
  constructor(deadline) {
    this.deadline = deadline;
  }

  /** @param {number} serverMs @param {number} sentAt @param {number} receivedAt  monotonic */
  observe(serverMs, sentAt, receivedAt) {
    if (!Number.isFinite(serverMs)) return;
    const low = serverMs - receivedAt;
    const high = serverMs - sentAt;
    const apart = low > this.#high || high < this.#low;
    this.#low = apart ? low : Math.max(low, this.#low);
    this.#high = apart ? high : Math.min(high, this.#high);
  }

  /** @returns {number} ms by which the deadline moved; Infinity when the limit was lifted, -Infinity when it is new */
  setDeadline(deadline) {
    if (deadline === undefined || deadline === this.deadline) return 0;
    const moved = (deadline ?? Infinity) - (this.deadline ?? Infinity);
    this.deadline = deadline;
    return moved;
  }

  /** @returns {number} ms until the deadline, negative after it; Infinity without one */
  remaining(now) {
    if (this.deadline === null) return Infinity;
    return this.deadline - (now + (this.#low + this.#high) / 2);
  }
}

/** "1:05:09", "42:17"; a started second counts as a whole one, nothing is below "0:00". */
export function formatRemaining(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** The lowest of `marks` (ms) passed on the way from one remaining time to the next, or null. */
export function crossed(marks, before, after) {
  const passed = marks.filter((mark) => before > mark && after <= mark);
  return passed.length ? Math.min(...passed) : null;
}
