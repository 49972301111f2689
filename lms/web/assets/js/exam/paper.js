/** The exam page: joins questions, queue, server and clock. What is promised of it: nothing acknowledged is lost, and
 *  what is not acknowledged is visibly unsaved. */
import { Clock } from "./clock.js";
import { hideConflict, showConflict } from "./conflict.js";
import { Display } from "./display.js";
import { $, $$, show, texts, uuid } from "./dom.js";
import { Drafts } from "./drafts.js";
import { Ending } from "./ending.js";
import { Pager } from "./pager.js";
import { Pulse } from "./pulse.js";
import { Question } from "./question.js";
import { Queue, sameAnswer } from "./queue.js";
import { openStore } from "./store.js";
import { Sync } from "./sync.js";
import { Tabs } from "./tabs.js";
import { Wire } from "./wire.js";

const SETTLED = 4_000;

export class Paper {
  link = "idle";
  kept = true;
  locked = false;

  constructor(form) {
    const { attempt, account, csrf, serverMs, deadlineMs, graceMs } = form.dataset;
    this.form = form;
    this.text = texts($("#exam-texts"));
    this.questions = $$("[data-slot]", form).map((section) => new Question(section));
    this.bySlot = new Map(this.questions.map((question) => [question.slot, question]));
    this.scope = `${account}:${attempt}`;
    this.client = uuid();
    this.grace = Number(graceMs) || 0;
    this.clock = new Clock(deadlineMs ? Number(deadlineMs) : null);
    const [load] = performance.getEntriesByType("navigation");
    this.clock.observe(Number(serverMs), load?.requestStart ?? 0, load?.responseEnd || performance.now());
    this.queue = new Queue(this.questions.map(({ slot, revision }) => [slot, revision]), uuid, this.client);
    this.recorded = new Map(this.questions.map(({ slot, answer, flagged }) => [slot, { answer, flagged }]));
    this.server = new Map(this.recorded);
    this.wire = new Wire(csrf, (body, sentAt) => this.pulse.heard(body, sentAt));
    this.display = new Display(form, this.text);
    this.pager = new Pager(form, this.questions, `lms-exam|${this.scope}|at`, () => this.#moved());
    this.drafts = new Drafts((slot) => this.#record(slot));
    this.sync = new Sync({
      queue: this.queue,
      post: (entry) => this.wire.json(form.dataset.saveUrl, entry),
      persist: () => this.#persist(),
      wait: (seconds, wake) => Promise.race([wake, new Promise((resolve) => setTimeout(resolve, seconds * 1000))]),
      tell: (what, detail) => this.#told(what, detail),
    });
    this.ending = new Ending(this);
    this.pulse = new Pulse(this);
  }

  async start() {
    this.store = openStore(this.scope, this.client);
    this.tabs = new Tabs(this.scope, this.client);
    this.#bind();
    this.#foldStimuli();
    this.#startedAt = performance.now();
    this.pulse.start();
    this.draw();
    this.opened = await this.store;
    this.display.strip("storage", this.opened.kind === "none");
    await this.adopt();
    // The page load before this one may hold its lock a moment longer than it lives.
    for (const pause of [1_500, SETTLED]) setTimeout(() => this.adopt(), pause);
  }

  /** Questions with something that the server has not acknowledged. */
  get unsaved() {
    return new Set([...this.queue.unsaved(), ...this.drafts.slots]);
  }

  inWords(slots) {
    return this.questions.filter((question) => slots.has(question.slot));
  }

  lock(locked) {
    this.locked = locked;
    for (const question of this.questions) question.lock(locked);
  }

  draw() {
    const { unsaved } = this;
    const state = ["idle", "saving"].includes(this.sync.state) ? this.link : this.sync.state;
    const stuck = this.queue.held.size && !this.queue.next();
    this.display.saving(unsaved.size, stuck ? "stuck" : this.sync.state);
    this.display.network(state, unsaved.size, this.kept);
    this.display.overview(this.questions, unsaved);
    this.ending.draw();
  }

  /** @param {string} state  as Sync's: what the last exchange told of the way to the server */
  setLink(state) {
    this.link = state;
    this.draw();
  }

  async forgetAll() {
    await (await this.store).end();
  }

  #adopting = null;
  #startedAt = 0;

  #bind() {
    const slotOf = (event) => Number(event.target.closest("[data-slot]")?.dataset.slot);
    this.form.addEventListener("submit", (event) => event.preventDefault());
    this.form.addEventListener("input", (event) => {
      if (!slotOf(event) || ["radio", "checkbox"].includes(event.target.type)) return;
      this.drafts.touch(slotOf(event));
      this.draw();
    });
    this.form.addEventListener("change", (event) => {
      const slot = slotOf(event);
      if (!slot) return;
      this.drafts.flush(slot);
      this.#record(slot);
    });
    this.form.addEventListener("click", (event) => this.#do(event));
    addEventListener("online", () => {
      this.wire.abort();
      this.#retry();
    });
    addEventListener("offline", () => this.setLink("offline"));
    addEventListener("pagehide", () => this.#leave());
    addEventListener("pageshow", (event) => event.persisted && location.reload());
    addEventListener("beforeunload", (event) => {
      const reload = this.sync.stopped && this.kept; // what the page itself asks for
      if (this.unsaved.size && !this.ending.done && !reload) event.preventDefault();
    });
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#hide() : this.#retry()));
  }

  /** Buttons and links say in `data-do` what they do. */
  #do(event) {
    const element = event.target.closest("[data-do]");
    if (!element) return;
    event.preventDefault();
    const { ending, pager } = this;
    const actions = {
      back: () => pager.back(),
      close: () => pager.open(""),
      empty: () => pager.goto(this.questions.find((question) => !question.complete)?.slot),
      goto: () => pager.goto(element.dataset.goto),
      "hand-in": () => ending.handIn(),
      ask: () => ending.ask(),
      leave: () => ending.leave(),
      next: () => pager.step(1),
      overview: () => pager.open(pager.panel === "overview" ? "" : "overview"),
    };
    actions[element.dataset.do]();
  }

  #record(slot) {
    if (this.locked) return;
    const { answer, flagged } = this.bySlot.get(slot);
    const last = this.recorded.get(slot);
    if (sameAnswer(last.answer, answer) && last.flagged === flagged) return this.draw();
    this.recorded.set(slot, { answer, flagged });
    show($("[data-invalid]", this.bySlot.get(slot).section), false);
    this.queue.put(slot, answer, flagged);
    this.#showHeld(slot);
    this.#queued();
  }

  #queued() {
    this.#persist();
    this.sync.kick();
    this.draw();
  }

  async #persist() {
    this.kept = await (await this.store).write(this.queue.entries);
  }

  /** Drain what page loads before this one left behind; the inputs show it. */
  adopt() {
    this.#adopting ??= this.#takeOver().finally(() => (this.#adopting = null));
    return this.#adopting;
  }

  async #takeOver() {
    const store = await this.store;
    const others = await this.tabs.others();
    this.display.strip("two-tabs", others.size > 0 && performance.now() - this.#startedAt >= SETTLED);
    const { ids, entries } = await store.orphans(others);
    const own = this.unsaved;
    for (const { slot } of this.queue.adopt(entries.filter((entry) => this.bySlot.has(entry.slot)))) {
      if (!own.has(slot)) this.#showAnswer(slot, this.queue.latest(slot));
    }
    if (!ids.length) return;
    await this.#persist();
    if (this.kept) await store.forget(ids);
    this.sync.kick();
    this.draw();
  }

  #showAnswer(slot, { answer, flagged }) {
    this.bySlot.get(slot).show(answer, flagged);
    this.recorded.set(slot, { answer, flagged: Boolean(flagged) });
  }

  #told(what, detail) {
    if (what === "saved") this.#saved(detail);
    if (what === "conflict") this.#showHeld(detail);
    if (what === "invalid") show($("[data-invalid]", this.bySlot.get(detail).section), true);
    if (what === "closed") this.ending.closed(detail?.url);
    this.draw();
  }

  #saved({ entry, body }) {
    this.link = "idle";
    const { slot } = entry;
    // Left over from before, and the server has had a newer answer since: that is the one that counts.
    const overtaken = this.bySlot.get(slot).revision > Math.max(entry.revision, body.revision);
    if (overtaken && !this.unsaved.has(slot)) this.#showAnswer(slot, this.server.get(slot));
  }

  #showHeld(slot) {
    const stored = this.queue.held.get(slot);
    const question = this.bySlot.get(slot);
    if (!stored) return hideConflict(question);
    showConflict(question, this.queue.latest(slot), stored, {
      nothing: this.text("nothing"),
      keepMine: () => {
        this.queue.keepMine(slot);
        this.#queued();
      },
      takeStored: () => {
        this.#showAnswer(slot, this.queue.takeStored(slot));
        this.#queued();
      },
    });
    if (this.pager.current !== question || this.pager.panel) return;
    $(".exam-conflict", question.section).scrollIntoView({ block: "nearest" });
  }

  #retry() {
    if (this.link === "offline" && navigator.onLine) this.link = "idle";
    this.sync.retryNow();
    this.adopt();
    this.pulse.beatIfQuiet();
    this.draw();
  }

  #hide() {
    this.drafts.flushAll();
    this.opened?.writeNow(this.queue.entries);
  }

  /** The page goes away: what waits is written down at once and sent without waiting for a turn. */
  #leave() {
    this.#hide();
    if (this.sync.stopped) return;
    for (const entry of this.queue.entries) {
      if (entry === this.sync.flying || this.queue.held.has(entry.slot)) continue;
      this.queue.markSent(entry);
      this.wire.json(this.form.dataset.saveUrl, entry).catch(() => {});
    }
  }

  #moved() {
    this.drafts.flushAll();
    this.ending.cancel();
    this.draw();
  }

  #foldStimuli() {
    if (matchMedia("(min-width: 64rem)").matches) return;
    for (const details of $$("[data-stimulus]", this.form)) details.open = false;
  }
}
