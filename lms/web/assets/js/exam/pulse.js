/** What goes on by itself: the clock on the page, its warnings, the heartbeat, and the news that replies bring. */
import { crossed, formatRemaining } from "./clock.js";
import { recall, remember } from "./dom.js";
import { failure } from "./sync.js";

const HEARTBEAT = 60_000;
const RETRY = 15_000;
const TICK = 500;
const SLEPT = 3_000;
const WARNINGS = [300_000, 60_000];

export class Pulse {
  #beatAt = 0;
  #beating = false;
  #before = Infinity;
  #drift = 0;
  #shown = new Set();

  /** @param {import("./paper.js").Paper} paper */
  constructor(paper) {
    this.paper = paper;
  }

  start() {
    this.#beatAt = performance.now();
    this.#drift = Date.now() - this.#beatAt;
    this.#before = this.#remaining;
    setInterval(() => this.#tick(), TICK);
    this.#tick();
  }

  /** A reply of any kind. */
  heard(body, sentAt) {
    const { clock, display, ending, text } = this.paper;
    clock.observe(body.server_ms, sentAt, performance.now());
    const moved = clock.setDeadline(body.deadline_ms);
    const remaining = this.#remaining;
    if (moved) this.#before = remaining;
    if (moved && remaining !== Infinity) {
      display.timeNote(text(moved > 0 ? "extra" : "shorter", { time: formatRemaining(remaining) }));
    }
    if (moved > 0 && remaining > 0) ending.extended();
    for (const item of body.news ?? []) this.#news(item);
  }

  /** Ask the server how things are, unless it was heard just now. */
  beatIfQuiet(silence = RETRY) {
    if (performance.now() - this.paper.wire.lastContact > silence) this.#beat();
  }

  get #remaining() {
    return this.paper.clock.remaining(performance.now());
  }

  #news(item) {
    const memory = `lms-exam|${this.paper.scope}|read|${item.id}`;
    if (this.#shown.has(item.id) || recall(memory)) return;
    this.#shown.add(item.id);
    this.paper.display.news(item, () => remember(memory, "1"));
  }

  #tick() {
    const { display, drafts, ending, text } = this.paper;
    const now = performance.now();
    const remaining = this.#remaining;
    display.time(remaining);
    const warning = crossed(WARNINGS, this.#before, remaining);
    if (warning && remaining > 0) display.timeNote(text("left-minutes", { n: warning / 60_000 }));
    this.#before = remaining;
    if (remaining <= 0) {
      drafts.flushAll();
      ending.timeUp();
    }
    // The monotonic clock may stand still while a phone sleeps; the wall clock is only a hint that it did.
    const drift = Date.now() - now;
    if (Math.abs(drift - this.#drift) > SLEPT) this.#beat();
    this.#drift = drift;
    if (now - this.#beatAt > RETRY) this.beatIfQuiet(HEARTBEAT);
  }

  async #beat() {
    const { paper } = this;
    if (this.#beating || paper.sync.stopped || paper.queue.next()) return; // a save says as much
    this.#beating = true;
    this.#beatAt = performance.now();
    paper.adopt();
    try {
      const { status, body } = await paper.wire.json(paper.form.dataset.heartbeatUrl, {});
      if (status === 410) paper.ending.closed(body?.url);
      else paper.setLink(status === 200 && body ? "idle" : failure(status, body));
    } catch {
      paper.setLink("offline");
    }
    this.#beating = false;
  }
}
