/** Text that is being typed: handed on after two idle seconds, and at the latest after fifteen. */
const IDLE = 2_000;
const LATEST = 15_000;

export class Drafts {
  #open = new Map();

  /** @param {(slot: number) => void} commit */
  constructor(commit) {
    this.commit = commit;
  }

  get slots() {
    return [...this.#open.keys()];
  }

  touch(slot) {
    const now = performance.now();
    const draft = this.#open.get(slot) ?? { since: now, timer: 0 };
    clearTimeout(draft.timer);
    draft.timer = setTimeout(() => this.flush(slot), Math.min(IDLE, Math.max(0, draft.since + LATEST - now)));
    this.#open.set(slot, draft);
  }

  flush(slot) {
    const draft = this.#open.get(slot);
    if (!draft) return;
    clearTimeout(draft.timer);
    this.#open.delete(slot);
    this.commit(slot);
  }

  flushAll() {
    this.slots.forEach((slot) => this.flush(slot));
  }
}
