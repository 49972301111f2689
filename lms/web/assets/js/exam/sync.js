/**
 * Sends the queue, one entry at a time and in order, until each is acknowledged. Knows no DOM; what it needs of the
 * browser is passed in, so that every fault can be played in a test.
 */
export const BACKOFF = [1, 2, 4, 8, 15];

/** @typedef {"idle" | "saving" | "offline" | "busy" | "signed_out" | "refused" | "closed"} State */

export class Sync {
  /** @type {State} */
  state = "idle";
  /** The entry whose reply is awaited. */
  flying = null;
  #running = null;
  #wake = () => {};

  /**
   * @param {object} parts
   * @param {import("./queue.js").Queue} parts.queue
   * @param {(entry: object) => Promise<{status: number, body: any, retryAfter?: number}>} parts.post  rejects when the
   *   network fails
   * @param {() => Promise<unknown>} parts.persist  resolves when the queue is kept on this machine
   * @param {(seconds: number, wake: Promise<void>) => Promise<void>} parts.wait  ends early with `wake`
   * @param {(what: string, detail?: any) => void} parts.tell  "change" | "saved" | "conflict" | "invalid" | "closed"
   * @param {() => number} [parts.random]
   */
  constructor({ queue, post, persist, wait, tell, random = Math.random }) {
    Object.assign(this, { queue, post, persist, wait, tell, random });
  }

  /** Send what waits. @returns {Promise<void>} settled when nothing more can be sent */
  kick() {
    this.#running ??= this.#drain().finally(() => {
      this.#running = null;
      if (!this.stopped && this.queue.next()) this.kick();
    });
    return this.#running;
  }

  /** Don't wait for the next try: the network is back, or somebody signed in. */
  retryNow() {
    if (!this.stopped) {
      this.#wake();
      this.kick();
    }
  }

  get stopped() {
    return this.state === "closed" || this.state === "refused";
  }

  stop(state) {
    this.#set(state);
    this.#wake();
  }

  async #drain() {
    let failures = 0;
    while (!this.stopped) {
      const entry = await this.#nextKept();
      if (!entry || this.stopped) break;
      if (!failures) this.#set("saving");
      this.queue.markSent(entry);
      const reply = await this.#try(entry);
      if (this.stopped) return;
      if (await this.#settle(entry, reply)) {
        failures = 0;
        continue;
      }
      if (this.stopped) return;
      await this.#pause(failures++, reply.retryAfter ?? 0);
    }
    if (!this.stopped) this.#set("idle");
  }

  /** The next entry, once it is kept on this machine. A newer answer may replace it meanwhile. */
  async #nextKept() {
    for (;;) {
      const entry = this.queue.next();
      if (!entry) return undefined;
      await this.persist();
      if (this.queue.next() === entry) return entry;
    }
  }

  async #try(entry) {
    this.flying = entry;
    try {
      return await this.post(entry);
    } catch {
      return { status: 0, body: null };
    } finally {
      this.flying = null;
    }
  }

  /** @returns {Promise<boolean>} whether the entry needs no further try */
  async #settle(entry, { status, body }) {
    if (status === 200 && body && this.queue.acknowledge(entry, body.revision)) {
      await this.persist();
      this.tell("saved", { entry, body });
    } else if (status === 409 && body?.stored) {
      this.tell(this.queue.conflict(entry, body.stored) ? "conflict" : "change", entry.slot);
      await this.persist();
    } else if (status === 422) {
      this.queue.refuse(entry);
      this.tell("invalid", entry.slot);
    } else if (status === 410) {
      this.#set("closed");
      this.tell("closed", body);
      return true;
    } else {
      this.#set(failure(status, body));
      return false;
    }
    return true;
  }

  async #pause(failures, atLeast) {
    const base = BACKOFF[Math.min(failures, BACKOFF.length - 1)];
    const wake = new Promise((resolve) => (this.#wake = resolve));
    await this.wait(Math.max(atLeast, base * (0.75 + this.random() / 2)), wake);
  }

  #set(state) {
    if (this.state === state) return;
    this.state = state;
    this.tell("change");
  }
}

/** What a reply that is no answer means. A fresh CSRF token makes the next try a new chance. @returns {State} */
export function failure(status, body) {
  if (status === 401) return "signed_out";
  if ([400, 403, 404].includes(status) && !body?.csrf_token) return "refused";
  return status === 0 ? "offline" : "busy";
}
