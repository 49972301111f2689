// Writing an essay: saved two seconds after the last key, on leaving the field and on leaving the page. What is not saved
// yet is kept on this machine; a newer text on the server is shown beside one's own. Without this file a button saves.

const IDLE = 2000;
const RETRY = 8000;
const KEEPALIVE = 30000;

class Work {
  constructor(form) {
    this.form = form;
    this.field = form.elements.text;
    this.revision = Number(form.elements.revision.value);
    this.saved = this.field.value;
    this.state = form.querySelector("[data-save-state]");
    this.timer = 0;
    this.busy = false;
    this.halted = false;
    this.restore();
    this.field.addEventListener("input", () => this.changed());
    this.field.addEventListener("blur", () => this.save());
    form.addEventListener("submit", () => { this.halted = true; });
    window.addEventListener("pagehide", () => this.save());
    document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.save());
    window.addEventListener("online", () => this.save());
    window.addEventListener("pageshow", (event) => event.persisted && window.location.reload());
    window.addEventListener("beforeunload", (event) => {
      if (!this.halted && this.isChanged() && !this.stored) event.preventDefault();
    });
    form.querySelector("[data-keep-mine]").addEventListener("click", () => this.keepMine());
    form.querySelector("[data-take-stored]").addEventListener("click", () => this.takeStored());
    this.count();
  }

  isChanged() {
    return this.field.value !== this.saved;
  }

  // A text that an earlier visit could not save any more.
  restore() {
    const kept = this.read();
    if (!kept) return;
    if (kept.text === this.saved) this.forget();
    else if (kept.base === this.revision) {
      this.field.value = kept.text;
      this.changed();
    } else {
      const stored = this.saved;
      this.field.value = kept.text;
      this.ask(stored, this.revision);
    }
  }

  changed() {
    this.count();
    this.keep();
    this.show("unsaved");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), IDLE);
  }

  async save() {
    clearTimeout(this.timer);
    if (this.busy || this.halted || this.asking || !this.isChanged()) return;
    this.busy = true;
    this.show("saving");
    const text = this.field.value;
    try {
      const body = JSON.stringify({ text, revision: this.revision });
      const response = await fetch(this.form.dataset.save, {
        method: "POST",
        credentials: "same-origin",
        cache: "no-store",
        keepalive: body.length < KEEPALIVE,
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.form.elements.csrf_token.value, Accept: "application/json" },
        body,
      });
      const json = response.headers.get("Content-Type")?.includes("json");
      this.answered(response.status, json ? await response.json() : {}, text);
    } catch {
      this.show(navigator.onLine ? "unsaved" : "offline");
      this.timer = setTimeout(() => this.save(), RETRY);
    } finally {
      this.busy = false;
    }
  }

  answered(status, reply, text) {
    if (reply.csrf_token) this.form.elements.csrf_token.value = reply.csrf_token;
    if (status === 200 && Number.isInteger(reply.revision)) {
      this.saved = text;
      this.settle(reply.revision);
      this.form.querySelector("[data-at]").textContent = this.form.dataset.savedAt.replace("{time}", reply.saved_at);
      if (this.isChanged()) this.changed();
      else {
        this.forget();
        this.show("saved");
      }
    } else if (status === 409 && reply.error === "stale") this.ask(reply.text, reply.revision);
    else if (status === 409) this.trouble(this.form.dataset.closed);
    else if (status === 401 || status === 403) this.trouble(this.form.dataset.signedOut);
    else if (status === 422) this.trouble(reply.message ?? "");
    else {
      this.show("unsaved");
      this.timer = setTimeout(() => this.save(), RETRY);
    }
  }

  settle(revision) {
    this.revision = revision;
    this.form.elements.revision.value = String(revision);
    this.form.querySelector("[data-trouble]").hidden = true;
  }

  ask(stored, revision) {
    this.asking = { stored, revision };
    this.show("unsaved");
    this.form.querySelector("[data-stored]").textContent = stored;
    const box = this.form.querySelector("[data-conflict]");
    box.hidden = false;
    box.scrollIntoView({ block: "nearest" });
  }

  keepMine() {
    this.saved = this.asking.stored;
    this.settle(this.asking.revision);
    this.answeredConflict();
    this.changed();
    this.save();
  }

  takeStored() {
    this.field.value = this.asking.stored;
    this.saved = this.asking.stored;
    this.settle(this.asking.revision);
    this.answeredConflict();
    this.forget();
    this.count();
    this.show("saved");
  }

  answeredConflict() {
    this.asking = null;
    this.form.querySelector("[data-conflict]").hidden = true;
    this.field.focus();
  }

  trouble(text) {
    this.show("unsaved");
    const box = this.form.querySelector("[data-trouble]");
    box.querySelector("[data-trouble-text]").textContent = text;
    box.hidden = false;
  }

  count() {
    const count = this.field.value.split(/\s+/).filter(Boolean).length;
    this.form.querySelector("[data-count]").textContent = this.form.dataset.words.replace("{count}", String(count));
  }

  show(state) {
    this.state.dataset.state = state;
  }

  // What this machine keeps, where the browser lets it.
  keep() {
    try {
      localStorage.setItem(this.form.dataset.store, JSON.stringify({ text: this.field.value, base: this.revision }));
      this.stored = true;
    } catch {
      this.stored = false;
    }
  }

  read() {
    try {
      return JSON.parse(localStorage.getItem(this.form.dataset.store) ?? "null");
    } catch {
      return null;
    }
  }

  forget() {
    try {
      localStorage.removeItem(this.form.dataset.store);
    } catch {
      // A browser that keeps nothing has nothing to forget.
    }
  }
}

const form = document.querySelector("form[data-essay]");
if (form) new Work(form);
