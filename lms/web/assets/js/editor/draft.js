// What is typed is held on the server, for this person alone, until it is saved: two seconds after the last key, at the
// latest after fifteen, and before anything else on the page is sent. A draft left by an earlier visit is never written over.

const IDLE = 2000;
const LATEST = 15000;
const RETRY = 8000;
const KEEPALIVE = 60000;

class Draft {
  constructor(form) {
    this.form = form;
    this.place = form.querySelector("[data-draft-state]");
    this.kept = this.written();
    this.since = 0;
    this.timer = 0;
    this.running = null;
    this.halted = false;
    this.renewed = false;
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", (event) => !event.defaultPrevented && this.halt());
    document.addEventListener("submit", (event) => this.before(event), true);
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.keep());
    window.addEventListener("pagehide", () => this.keep());
    window.addEventListener("online", () => this.keep());
    window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());
    window.addEventListener("beforeunload", (event) => {
      if (!this.halted && this.isChanged()) event.preventDefault();
    });
  }

  written() {
    const { title, html, revision } = this.form.elements;
    const chosen = this.form.querySelector("[name=done_when]:checked");
    return JSON.stringify({ title: title.value, html: html.value, done_when: chosen?.value, revision: Number(revision.value) });
  }

  isChanged() {
    return this.written() !== this.kept;
  }

  changed() {
    if (!this.isChanged()) return;
    if (this.form.dataset.left) {
      this.trouble(this.form.dataset.choose);
      return;
    }
    const now = performance.now();
    this.since ||= now;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), Math.min(IDLE, Math.max(0, this.since + LATEST - now)));
  }

  // Anything else that is sent from this page waits until what is typed is held.
  async before(event) {
    const { target, submitter } = event;
    if (target === this.form || target.method === "dialog" || this.form.dataset.left || !this.isChanged()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await this.keep();
    if (!this.isChanged() || this.halted) target.requestSubmit(submitter);
    else this.place.scrollIntoView({ block: "center" });
  }

  halt() {
    this.halted = true;
    clearTimeout(this.timer);
    this.running?.abort();
  }

  async keep() {
    clearTimeout(this.timer);
    if (this.running || this.halted || this.form.dataset.left || !this.isChanged()) return;
    this.since = 0;
    this.show("saving");
    const body = this.written();
    this.running = new AbortController();
    try {
      const response = await fetch(this.form.dataset.draft, {
        method: "POST",
        credentials: "same-origin",
        cache: "no-store",
        signal: this.running.signal,
        keepalive: body.length < KEEPALIVE,
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.form.elements.csrf_token.value, Accept: "application/json" },
        body,
      });
      const json = response.headers.get("Content-Type")?.includes("json");
      this.answered(response.status, json ? await response.json() : {}, body);
    } catch {
      this.later(navigator.onLine ? "unsaved" : "offline");
    } finally {
      this.running = null;
    }
  }

  answered(status, reply, body) {
    const { renewed } = this;
    this.renewed = status === 400;
    if (reply.csrf_token) this.form.elements.csrf_token.value = reply.csrf_token;
    if (status === 200 && typeof reply.kept_at === "string") {
      this.kept = body;
      this.place.querySelector("[data-draft-words]").textContent = this.form.dataset.kept.replace("{time}", reply.kept_at);
      this.show(reply.kept_at ? "saved" : "");
      if (this.isChanged()) this.changed();
    } else if (status === 400 && reply.csrf_token && !renewed) {
      this.timer = setTimeout(() => this.keep());
    } else if (status === 401 || status === 403) this.later("unsaved", this.form.dataset.signedOut);
    else if (status === 422) this.trouble(reply.message);
    else this.later("unsaved");
  }

  later(state, words) {
    if (this.halted) return;
    if (state === "offline") this.show(state);
    else this.trouble(words);
    this.timer = setTimeout(() => this.keep(), RETRY);
  }

  trouble(words) {
    const place = this.place.querySelector("[data-draft-trouble]");
    place.textContent = words || place.dataset.plain;
    this.show("unsaved");
  }

  show(state) {
    if (state) this.place.dataset.state = state;
    else delete this.place.dataset.state;
  }
}

export function start(form) {
  return new Draft(form);
}
