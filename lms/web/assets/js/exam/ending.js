/** The ways a paper ends: handed in by the learner, out of time, or closed by the server. */
import { $, make, show } from "./dom.js";
import { BACKOFF, failure } from "./sync.js";

const LINGER = 3_000;
const LOOK = 250;
const FORGETTING = 1_000;

export class Ending {
  /** "" | "hand_in" (asked for, flushing) | "time_up" | "closed" */
  stage = "";
  done = false;
  #turn = 0;

  /** @param {import("./paper.js").Paper} paper */
  constructor(paper) {
    this.paper = paper;
    this.button = $("[data-do=hand-in]", paper.form);
    this.link = $("[data-do=leave]", paper.form);
  }

  draw() {
    const { paper } = this;
    if (paper.pager.panel !== "hand-in") return;
    const empty = paper.questions.filter((question) => !question.complete);
    const flagged = paper.questions.filter((question) => question.flagged);
    paper.display.missing("empty", empty);
    paper.display.missing("flagged", flagged);
    paper.display.missing("unsaved", paper.inWords(paper.unsaved));
    show($("[data-all-done]", paper.form), empty.length === 0);
  }

  /** The learner turned to something else: a hand-in that waits for the network is off. */
  cancel() {
    if (this.stage !== "hand_in") return;
    this.#turn++;
    this.stage = "";
    this.button.disabled = false;
  }

  /** The server says there is time left, after all. */
  extended() {
    if (this.stage !== "time_up") return;
    this.#turn++;
    this.stage = "";
    this.paper.lock(false);
    this.paper.pager.open("", true);
  }

  timeUp() {
    if (this.stage === "time_up" || this.stage === "closed") return;
    this.stage = "time_up";
    const { paper } = this;
    paper.lock(true);
    paper.sync.retryNow();
    paper.display.closed("time-up", "closing");
    paper.pager.open("closed");
    this.#finish(++this.#turn, "time_up", () => paper.clock.remaining(performance.now()) < -paper.grace);
  }

  ask() {
    this.paper.display.handIn("");
    this.paper.pager.open("hand-in");
  }

  handIn() {
    const { paper } = this;
    this.stage = "hand_in";
    this.button.disabled = true;
    paper.drafts.flushAll();
    paper.sync.retryNow();
    this.#finish(++this.#turn, "hand_in", () => false);
  }

  /** Flush, then tell the server; again until it answers. `giveUp` says when what is unsaved can't be saved any more. */
  async #finish(turn, intent, giveUp) {
    const { paper } = this;
    const asked = intent === "hand_in";
    while (paper.unsaved.size && !giveUp()) {
      if (!paper.queue.next() && !paper.drafts.slots.length) {
        if (!asked) break; // only the learner could decide these, and the time is over
        paper.display.handIn("flush-choose");
        return this.cancel();
      }
      if (asked) paper.display.handIn(paper.sync.state === "saving" ? "flushing" : "flush-waits");
      await pause(LOOK);
      if (turn !== this.#turn) return;
    }
    for (let tries = 0; turn === this.#turn; tries++) {
      if (asked) paper.display.handIn(tries ? "hand-in-failed" : "handing-in");
      const { status, body, url } = await this.#post(intent);
      if (turn !== this.#turn) return;
      const next = body?.url ?? url;
      if (status === 410 || (status === 200 && next)) return this.closed(next, asked);
      if (status === 200 && !body) return this.#plainly(intent);
      paper.setLink(status === 409 ? "idle" : failure(status, body)); // 409: there is time left, after all
      if (!asked) paper.display.closed("time-up", status ? "closing" : "closed-offline");
      await pause(1000 * BACKOFF[Math.min(tries, BACKOFF.length - 1)]);
    }
  }

  async #post(intent) {
    try {
      return await this.paper.wire.form(this.paper.form.dataset.finishUrl, { intent });
    } catch {
      return { status: 0 };
    }
  }

  /** The server answered with a page of its own: let it show that. */
  #plainly(intent) {
    this.done = true;
    this.paper.lock(true);
    const field = make("input", "");
    Object.assign(field, { type: "hidden", name: "intent", value: intent });
    this.paper.form.append(field);
    this.paper.form.submit();
  }

  /** No answer is taken any more. What was not saved is said before the page goes on. */
  closed(url, atOnce = false) {
    if (this.stage === "closed") return;
    this.stage = "closed";
    this.#turn++;
    const { paper } = this;
    const lost = paper.inWords(paper.unsaved);
    paper.lock(true);
    paper.sync.stop("closed");
    const target = ownAddress(url);
    if (target) this.link.href = target;
    this.done = true;
    if (atOnce && !lost.length) return this.leave();
    paper.display.closed("closed", lost.length ? "" : "closed-safe");
    paper.display.missing("lost", lost);
    show(this.link, true);
    paper.pager.open("closed", true);
    if (!lost.length) setTimeout(() => this.leave(), LINGER);
  }

  /** On to the page that the server named; what could not be saved has been read. A slow disk doesn't hold it up. */
  async leave() {
    await Promise.race([this.paper.forgetAll(), pause(FORGETTING)]);
    location.assign(this.link.href);
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** An address of this site, or nothing. */
function ownAddress(url) {
  if (!url) return "";
  const target = new URL(url, location.href);
  return target.origin === location.origin ? target.href : "";
}
