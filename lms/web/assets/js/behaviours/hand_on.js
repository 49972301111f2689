/**
 * Handing the machine on: nothing of this person stays in it, but what was never sent is not thrown away.
 *
 * What waits in this browser is sent first, visibly. Only about what could not be sent is the person asked. When nothing
 * is left the form says so (`drained`), and the server has the browser forget everything it stored for this site.
 */
import { keepAnswers, leftAnswers, sendAnswers } from "../exam/leftovers.js";
import { leftTexts, sendText } from "../essay/leftovers.js";
import { ask } from "../lib/confirm.js";
import { make } from "../lib/dom.js";
import { word } from "../lib/words.js";

/** Choices such as the size of letters; all else in localStorage is somebody's unsent work. */
const CHOICES = "lms.";
const ROLL = "roll-";
const PATIENCE = 10_000;

/** Own answers, own texts, rolls; `foreign` counts what belongs to somebody else or to nobody known. */
async function look(account) {
  const answers = await leftAnswers();
  const texts = leftTexts();
  const known = new Set([...answers, ...texts].map((one) => one.id));
  const rest = Object.keys(localStorage).filter((key) => !key.startsWith(CHOICES) && !known.has(key));
  const rolls = rest.filter((key) => key.startsWith(ROLL) && key.endsWith(`.${account}`));
  const own = (one) => one.account === account;
  return {
    answers: answers.filter(own),
    texts: texts.filter(own),
    rolls,
    foreign: [...answers, ...texts].filter((one) => !own(one)).length + rest.length - rolls.length,
  };
}

class Line {
  /** @param {HTMLFormElement} form  whose token is used and renewed */
  constructor(form) {
    this.field = form.elements.csrf_token;
    this.abort = new AbortController();
    this.reachable = true;
  }

  /** Post once, and once more where only the token was too old. */
  async json(url, data) {
    if (!this.reachable) return { status: 0, body: null };
    let reply = await this.#try(url, data);
    if ([400, 403].includes(reply.status) && reply.body?.csrf_token) reply = await this.#try(url, data);
    if (reply.status === 0 || reply.status === 401 || reply.status >= 500) this.reachable = false;
    return reply;
  }

  async #try(url, data) {
    const timer = setTimeout(() => this.abort.abort(), PATIENCE);
    try {
      const response = await fetch(url, {
        method: "POST",
        credentials: "same-origin",
        cache: "no-store",
        signal: this.abort.signal,
        headers: { "Content-Type": "application/json", "X-CSRFToken": this.field.value, Accept: "application/json" },
        body: JSON.stringify(data),
      });
      const body = response.headers.get("Content-Type")?.includes("json") ? await response.json() : null;
      if (body?.csrf_token) this.field.value = body.csrf_token;
      return { status: response.status, body };
    } catch {
      return { status: 0, body: null };
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Send it all. @returns {Promise<{waiting: number, differing: number, lost: number, forget: () => Promise<void>}>} */
async function sendAll(found, line) {
  const count = { waiting: 0, differing: 0, lost: 0 };
  const lost = [];
  for (const left of found.answers) {
    const fate = await sendAnswers(left.entries, (entry) => line.json(`/attempts/${left.attempt}/answers`, entry));
    await keepAnswers(left, [...fate.waiting, ...fate.differing, ...fate.lost]);
    for (const kind of ["waiting", "differing", "lost"]) count[kind] += new Set(fate[kind].map((one) => one.slot)).size;
    if (fate.lost.length) lost.push(() => keepAnswers(left, [...fate.waiting, ...fate.differing]));
  }
  for (const left of found.texts) {
    const fate = await sendText(left, (data) => line.json(`/my-essays/${left.task}/save`, data));
    if (fate === "saved") localStorage.removeItem(left.id);
    else if (fate !== "lost") count[fate]++;
    else count.texts = (count.texts ?? 0) + 1; // The text stays: staff may open the task again.
  }
  return { ...count, forget: () => Promise.all(lost.map((one) => one())) };
}

function showState(text, stop) {
  const cancel = make("button", { type: "button", class: "btn btn-secondary" }, word("cancel"));
  const dialog = make(
    "dialog",
    { class: "dialog", "aria-labelledby": "hand-on-state" },
    make("p", { id: "hand-on-state", role: "status" }, text),
    make("progress", { "aria-labelledby": "hand-on-state" }),
    make("div", { class: "dialog-foot" }, cancel),
  );
  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    stop();
  });
  document.body.append(dialog);
  dialog.showModal?.();
  return dialog;
}

function says(form, name, count) {
  return count ? form.dataset[name].replace("{count}", String(count)) : "";
}

/** @returns {Promise<"drained" | "left" | "stay">} */
async function empty(form) {
  const found = await look(form.dataset.account);
  const waits = found.answers.length + found.texts.length;
  if (!waits && !found.rolls.length) return found.foreign ? "left" : "drained";
  const line = new Line(form);
  let stopped = false;
  const dialog = waits
    ? showState(form.dataset.sending, () => {
        stopped = true;
        line.abort.abort();
      })
    : null;
  const fate = await sendAll(found, line);
  if (stopped) return "stay";
  dialog?.remove();
  const left = [
    says(form, "waiting", fate.waiting),
    says(form, "differing", fate.differing),
    says(form, "lost", fate.lost),
    says(form, "lostTexts", fate.texts),
    says(form, "rolls", found.rolls.length),
  ].filter(Boolean);
  if (!left.length) return found.foreign ? "left" : "drained";
  if (!(await ask([...left, form.dataset.handOn].join(" "), { yes: form.dataset.confirmLabel }))) return "stay";
  await fate.forget();
  const kept = fate.waiting + fate.differing + (fate.texts ?? 0) + found.rolls.length;
  return kept || found.foreign ? "left" : "drained";
}

async function leave(event) {
  const form = event.currentTarget;
  if (form.dataset.ready !== undefined) return;
  event.preventDefault();
  event.stopPropagation();
  if (form.dataset.busy !== undefined) return;
  form.dataset.busy = "";
  let outcome = "left";
  try {
    outcome = await empty(form);
  } catch {
    // private windows and some in-app browsers: neither sent nor cleared
  }
  delete form.dataset.busy;
  if (outcome === "stay") return;
  form.elements.drained.value = outcome === "drained" ? "1" : "";
  form.dataset.ready = "";
  form.requestSubmit ? form.requestSubmit() : form.submit();
}

export function start() {
  const forms = document.querySelectorAll("form[data-hand-on]");
  for (const form of forms) form.addEventListener("submit", leave);
  // Back and forward show the page as it was left.
  window.addEventListener("pageshow", () => forms.forEach((form) => delete form.dataset.ready));
}
