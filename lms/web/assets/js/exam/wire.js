/** Requests to the server. Every reply with `server_ms` corrects the clock, every `csrf_token` renews the token. */
const PATIENCE = 15_000;
/** Browsers refuse a longer body of a request that may outlive its page (64 KiB in all). */
const KEEPALIVE_LIMIT = 30_000;

export class Wire {
  #open = new Set();

  /** @param {string} token @param {(body: any, sentAt: number) => void} onReply */
  constructor(token, onReply) {
    this.token = token;
    this.onReply = onReply;
    this.lastContact = performance.now();
  }

  /** @returns {Promise<{status: number, body: any, retryAfter: number, url: string}>} rejects when there is no reply */
  async json(url, data) {
    return this.#send(url, JSON.stringify(data), "application/json");
  }

  /** A form post, as without JavaScript; the reply is JSON or the page it led to. */
  async form(url, fields) {
    const body = new URLSearchParams({ ...fields, csrf_token: this.token }).toString();
    return this.#send(url, body, "application/x-www-form-urlencoded");
  }

  /** Give up requests that hang on a connection which is gone; they count as unanswered. */
  abort() {
    for (const controller of this.#open) controller.abort();
  }

  async #send(url, body, type) {
    const sentAt = performance.now();
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PATIENCE);
    this.#open.add(abort);
    try {
      const response = await fetch(url, {
        method: "POST",
        credentials: "same-origin",
        cache: "no-store",
        keepalive: body.length < KEEPALIVE_LIMIT,
        signal: abort.signal,
        headers: { "Content-Type": type, "X-CSRFToken": this.token, Accept: "application/json" },
        body,
      });
      const reply = await readJson(response);
      if (reply?.csrf_token) this.token = reply.csrf_token;
      if (reply) this.onReply(reply, sentAt);
      if (response.ok) this.lastContact = performance.now();
      return {
        status: response.status,
        body: reply,
        retryAfter: Number(response.headers.get("Retry-After")) || 0,
        url: response.redirected ? response.url : "",
      };
    } finally {
      clearTimeout(timer);
      this.#open.delete(abort);
    }
  }
}

/** A 200 that is not the JSON it should be (a portal's sign-in page) is no acknowledgement. */
async function readJson(response) {
  if (!response.headers.get("Content-Type")?.includes("json")) return null;
  try {
    return await response.json();
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
