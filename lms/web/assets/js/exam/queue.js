/**
 * Answers that the server has not acknowledged yet, in the order in which they were given.
 *
 * Pure: no DOM, no network, no storage. An entry is immutable once it has been sent (or may have been, before a
 * reload): it is repeated with the same key until its fate is known, and a newer answer waits behind it with the
 * sent one as its base. Only an entry that never left this page is replaced by a newer answer.
 *
 * @typedef {{slot: number, revision: number, base: number, key: string, client: string,
 *            answer: unknown, flagged: boolean}} Entry  what is posted, word for word
 * @typedef {{revision: number, answer: unknown, flagged: boolean, saved_at?: string}} Stored
 */

/** Equal answers, whatever the order of an object's keys. @param {unknown} a @param {unknown} b */
export function sameAnswer(a, b) {
  return canonical(a ?? null) === canonical(b ?? null);
}

function canonical(value) {
  return JSON.stringify(value, (_key, inner) =>
    inner && typeof inner === "object" && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

export class Queue {
  /** @param {Iterable<[number, number]>} known  the revision the server last told, by slot
   *  @param {() => string} newKey  makes an idempotency key
   *  @param {string} client  this page load */
  constructor(known, newKey, client) {
    this.known = new Map(known);
    this.newKey = newKey;
    this.client = client;
    /** @type {Entry[]} */
    this.entries = [];
    this.sent = new Set();
    /** Slots that wait for the learner: a Stored (409) or null (422: the server can't take this answer). */
    this.held = new Map();
  }

  /** Take over, once, entries that another page load left behind; they may have been sent, so they stay as they are. */
  adopt(entries) {
    const fresh = entries.filter((entry) => !this.sent.has(entry.key));
    for (const entry of fresh) this.sent.add(entry.key);
    this.entries = [...fresh, ...this.entries];
    return fresh;
  }

  /** The learner's newest pending answer in a slot. @returns {Entry | undefined} */
  latest(slot) {
    return this.entries.filter((entry) => entry.slot === slot).pop();
  }

  /** Record a new state of a slot. @returns {Entry} */
  put(slot, answer, flagged) {
    const last = this.latest(slot);
    if (this.held.get(slot) === null) {
      this.#drop(slot);
      this.held.delete(slot);
      return this.#push(slot, this.known.get(slot) ?? 0, answer, flagged);
    }
    if (last && (this.held.has(slot) || !this.sent.has(last.key))) {
      const entry = { ...last, key: this.newKey(), client: this.client, answer, flagged };
      this.entries[this.entries.indexOf(last)] = entry;
      return entry;
    }
    return this.#push(slot, last ? last.revision : (this.known.get(slot) ?? 0), answer, flagged);
  }

  /** The entry to send now, or undefined. @returns {Entry | undefined} */
  next() {
    return this.entries.find((entry) => !this.held.has(entry.slot));
  }

  /** From here on the entry is repeated, never changed. */
  markSent(entry) {
    this.sent.add(entry.key);
  }

  /**
   * The server said 200 for an entry.
   * @returns {boolean} whether that settles it: an acknowledgement of an older revision does not
   */
  acknowledge(entry, revision) {
    if (!(revision >= entry.revision)) return false;
    this.known.set(entry.slot, Math.max(revision, this.known.get(entry.slot) ?? 0));
    this.#keep((other) => other.key !== entry.key && !(this.#sameChain(other, entry) && other.revision <= entry.revision));
    return true;
  }

  /**
   * The server said 409. Where what it holds is what the learner wants, nothing is left to decide.
   * @param {Stored} stored
   * @returns {boolean} whether the learner has to choose
   */
  conflict(entry, stored) {
    const mine = this.latest(entry.slot);
    this.known.set(entry.slot, stored.revision);
    if (mine && sameAnswer(mine.answer, stored.answer) && mine.flagged === Boolean(stored.flagged)) {
      this.#drop(entry.slot);
      return false;
    }
    this.held.set(entry.slot, stored);
    return true;
  }

  /** The server said 422: this answer can't be stored; it stays visible as unsaved until it is changed. */
  refuse(entry) {
    this.held.set(entry.slot, null);
  }

  /** Keep what is here, on top of what the server holds. @returns {Entry} */
  keepMine(slot) {
    const mine = this.latest(slot);
    const { revision } = this.held.get(slot);
    this.#drop(slot);
    this.held.delete(slot);
    return this.#push(slot, revision, mine.answer, mine.flagged);
  }

  /** Take what the server holds. @returns {Stored} */
  takeStored(slot) {
    const stored = this.held.get(slot);
    this.#drop(slot);
    this.held.delete(slot);
    return stored;
  }

  /** Slots with something unsaved, ascending. @returns {number[]} */
  unsaved() {
    return [...new Set(this.entries.map((entry) => entry.slot))].sort((a, b) => a - b);
  }

  #push(slot, base, answer, flagged) {
    const entry = { slot, revision: base + 1, base, key: this.newKey(), client: this.client, answer, flagged };
    this.entries.push(entry);
    return entry;
  }

  #sameChain(a, b) {
    return a.slot === b.slot && a.client === b.client;
  }

  #drop(slot) {
    this.#keep((entry) => entry.slot !== slot);
  }

  #keep(test) {
    this.entries = this.entries.filter(test);
  }
}
